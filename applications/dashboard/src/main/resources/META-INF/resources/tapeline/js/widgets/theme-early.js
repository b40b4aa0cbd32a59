// Sets a chosen theme before the first paint; a module would come too late and flash the other one.
try {
  const theme = JSON.parse(localStorage.getItem('tapeline.theme'));
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  document.documentElement.dataset.storage = 'none';
}
