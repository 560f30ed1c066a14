/** Starts GOV.UK's components one by one, so that one that fails takes no other with it. */
export function start(components) {
  if ("noModule" in HTMLScriptElement.prototype) {
    // The components look for these two; they are set here, so that a page whose script never came is left alone.
    document.body.classList.add("js-enabled", "govuk-frontend-supported");
  }
  for (const Component of components) {
    for (const element of document.querySelectorAll(`[data-module="${Component.moduleName}"]`)) {
      try {
        new Component(element);
      } catch (error) {
        console.warn(error);
      }
    }
  }
}
