"""The words that a robot looks for on the glass: what somebody who reads the language would look for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """Of one language; each a part of what stands on a button or before a fact."""

    own_name: str
    clinic: str
    doctor: str
    day: str
    time: str
    where: str
    bring: str
    cancel_how: str
    another_day: str
    earliest: str
    book: str
    move_here: str
    my_bookings: str
    move: str
    cancel: str
    cancel_sure: str
    back: str
    finish: str
    settings: str
    settings_short: str
    done: str
    more: str
    help: str
    very_large: str
    ignore: str
    more_time: str
    here: str
    colours: tuple[str, ...]
    listen: str
    silent: str


KK = Words(
    own_name="Қазақша",
    clinic="Емхана",
    doctor="Дәрігер",
    day="Күні",
    time="Уақыты",
    where="Қайда",
    bring="Өзіңізбен алыңыз",
    cancel_how="Болдырмау немесе ауыстыру",
    another_day="Басқа күн немесе уақыт",
    earliest="ең ерте уақыт",
    book="Осы уақытқа жазылу",
    move_here="осы уақытқа ауыстыру",
    my_bookings="Менің жазылуларым",
    move="Басқа уақытқа ауыстыру",
    cancel="Жазылуды болдырмау",
    cancel_sure="Иә, жазылуды болдырмау",
    back="Артқа",
    finish="Аяқтау",
    settings="Баптаулар",
    settings_short="Баптау",
    done="Дайын",
    more="Тағы",
    help="Қызметкерді шақыру",
    very_large="Өте үлкен",
    ignore="0,6 с",
    more_time="Он есе көп",
    here="Иә, мен осындамын",
    colours=("Ақ түсте қара", "Қара түсте ақ", "Жұмсақ"),
    listen="Тыңдау",
    silent="Жоқ, айтпасын",
)
RU = Words(
    own_name="Русский",
    clinic="Поликлиника",
    doctor="Врач",
    day="День",
    time="Время",
    where="Где",
    bring="Возьмите с собой",
    cancel_how="Отменить или перенести",
    another_day="Другой день или время",
    earliest="Ближайшее время",
    book="Записаться на это время",
    move_here="Перенести запись на это время",
    my_bookings="Мои записи",
    move="Перенести на другое время",
    cancel="Отменить запись",
    cancel_sure="Да, отменить запись",
    back="Назад",
    finish="Завершить",
    settings="Все настройки",
    settings_short="Настройки",
    done="Готово",
    more="Ещё",
    help="Вызвать сотрудника",
    very_large="Очень крупный",
    ignore="0,6 с",
    more_time="В десять раз больше",
    here="Да, я здесь",
    colours=("Чёрное на белом", "Белое на чёрном", "Мягкие"),
    listen="Слушать",
    silent="Нет, не говорить",
)
