// What html-validate asks of every page: all that it recommends but these.
export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // Style: `<!doctype html>` is how the standard itself writes it.
    "doctype-style": "off",
    // Style: Jinja and WTForms write `required=""`, which means the same.
    "attribute-boolean-style": "off",
    // A button in a form sends it unless it says otherwise, and ours all do.
    "no-implicit-button-type": "off",
    // Style of the source, which nobody sees: what a template's own lines leave behind.
    "no-trailing-whitespace": "off",
  },
};
