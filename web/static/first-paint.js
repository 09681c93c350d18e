// Runs before the first paint, so a dark or Chinese reader never sees a light English flash.
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem('portolan.theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    const stored = localStorage.getItem('portolan.language');
    const language = stored ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en');
    root.dataset.lang = language === 'zh' ? 'zh' : 'en';
    root.lang = language === 'zh' ? 'zh-CN' : 'en';
  } catch {
    // Storage is switched off: the defaults in the page hold.
  }
})();
