import { find } from './dom.ts';

/**
 * Takes images and zips wherever they come in: dropped anywhere on the page, pasted, or chosen with the button.
 * @param onFolder called in place of `onFiles` where a folder is dropped, which a browser cannot send
 */
export function takeImages(onFiles: (files: Iterable<File>) => void, onFolder: () => void): void {
  takeDrops(onFiles, onFolder);
  takePastes(onFiles);
  const input = find('files', HTMLInputElement);
  find('choose', HTMLButtonElement).addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    onFiles(input.files ?? []);
    input.value = '';
  });
}

function takeDrops(onFiles: (files: Iterable<File>) => void, onFolder: () => void): void {
  const cover = find('drop', HTMLElement);
  addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    cover.hidden = false;
  });
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) cover.hidden = true;
  });
  addEventListener('drop', (event) => {
    cover.hidden = true;
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    const { items, files } = event.dataTransfer;
    if ([...items].some((item) => item.webkitGetAsEntry()?.isDirectory)) onFolder();
    else onFiles(files);
  });
}

function takePastes(onFiles: (files: Iterable<File>) => void): void {
  addEventListener('paste', (event) => {
    if (!event.clipboardData) return;
    const { files, types } = event.clipboardData;
    // Office programs put a picture of the text beside the text: there, the text is meant.
    const isText = types.includes('text/plain') && types.includes('text/html');
    if (files.length === 0 || isText) return;
    event.preventDefault();
    onFiles(files);
  });
}
