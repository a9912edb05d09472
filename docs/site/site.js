// whoever has no mouse scrolls wide code, tables and drawings by the keyboard
document$.subscribe(() => setTimeout(() => {
  const wide = "pre > code, .md-typeset__scrollwrap, p:has(> img[src$='.svg'])";
  for (const place of document.querySelectorAll(wide)) {
    if (place.scrollWidth > place.clientWidth) {
      place.tabIndex = 0;
    }
  }
}));
