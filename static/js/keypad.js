// The large keypad of /identify and /document types into the field that was touched last; without this script the server types.
(() => {
  const form = document.getElementById("number-form");
  if (!form) return;
  const fields = ["iin", "document_number", "code"].map((name) => form.elements[name]).filter((one) => one && one.type !== "hidden");
  let field = form.querySelector(".wrong input") || fields[0].value.length >= 12 && fields[1] || fields[0];
  const show = () => fields.forEach((one) => one.classList.toggle("current", one === field));
  fields.forEach((one) => one.addEventListener("focus", () => { field = one; show(); }));
  form.addEventListener("click", (event) => {
    const key = event.target.closest("button[name=key]");
    if (!key) return;
    event.preventDefault();
    const digit = /\d/.test(key.value), inputType = digit ? "insertText" : "deleteContentBackward";
    if (key.value === "clear") field.value = "";
    else if (key.value === "back") field.value = field.value.slice(0, -1);
    else field.value += key.value;
    field.dispatchEvent(new InputEvent("input", { bubbles: true, data: digit ? key.value : null, inputType }));
    if (field === fields[0] && fields[1] && field.value.length >= 12 && digit) field = fields[1];
    show();
  });
  show();
})();
