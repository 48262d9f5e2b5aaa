"""The words that a robot looks for on the glass: what somebody who reads the language would look for."""

from dataclasses import dataclass

LANGUAGES = ("kk", "ru")
# Each a part of what stands on a button or before a fact.
WORDS = {
    "own name": ("Қазақша", "Русский"),
    "clinic": ("Емхана", "Поликлиника"),
    "doctor": ("Дәрігер", "Врач"),
    "day": ("Күні", "День"),
    "time": ("Уақыты", "Время"),
    "where": ("Қайда", "Где"),
    "bring": ("Өзіңізбен алыңыз", "Возьмите с собой"),
    "cancel how": ("Болдырмау немесе ауыстыру", "Отменить или перенести"),
    "another day": ("Басқа күн немесе уақыт", "Другой день или время"),
    "earliest": ("ең ерте уақыт", "Ближайшее время"),
    "book": ("Осы уақытқа жазылу", "Записаться на это время"),
    "move here": ("осы уақытқа ауыстыру", "Перенести запись на это время"),
    "my bookings": ("Менің жазылуларым", "Мои записи"),
    "move": ("Басқа уақытқа ауыстыру", "Перенести на другое время"),
    "cancel": ("Жазылуды болдырмау", "Отменить запись"),
    "cancel sure": ("Иә, жазылуды болдырмау", "Да, отменить запись"),
    "back": ("Артқа", "Назад"),
    "finish": ("Аяқтау", "Завершить"),
    "settings": ("Баптаулар", "Все настройки"),
    "settings short": ("Баптау", "Настройки"),
    "done": ("Дайын", "Готово"),
    "more": ("Тағы", "Ещё"),
    "help": ("Қызметкерді шақыру", "Вызвать сотрудника"),
    "very large": ("Өте үлкен", "Очень крупный"),
    "ignore": ("0,6 с", "0,6 с"),
    "here": ("Иә, мен осындамын", "Да, я здесь"),
    "black on white": ("Ақ түсте қара", "Чёрное на белом"),
    "white on black": ("Қара түсте ақ", "Белое на чёрном"),
    "soft": ("Жұмсақ", "Мягкие"),
    "listen": ("Тыңдау", "Слушать"),
    "silent": ("Жоқ, айтпасын", "Нет, не говорить"),
}


@dataclass(frozen=True)
class Words:
    """The words of one language, by what they are for: `words["back"]`."""

    language: str

    def __getitem__(self, name: str) -> str:
        return WORDS[name][LANGUAGES.index(self.language)]
