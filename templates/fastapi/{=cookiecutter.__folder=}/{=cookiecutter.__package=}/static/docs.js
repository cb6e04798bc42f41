// A file of its own, as the content security policy allows no inline script.
const main = document.getElementById("main");
SwaggerUIBundle({ domNode: main, url: main.dataset.url, deepLinking: true, validatorUrl: null });
