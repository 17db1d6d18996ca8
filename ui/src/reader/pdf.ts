import * as pdfjs from 'pdfjs-dist';
import workerAddress from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

pdfjs.GlobalWorkerOptions.workerSrc = workerAddress;

const ASSETS = '/assets/pdfjs';

/** Opens a PDF of the service; pages come by range requests as they are needed. */
export function openPdf(address: string): pdfjs.PDFDocumentLoadingTask {
  return pdfjs.getDocument({
    url: address,
    withCredentials: true,
    cMapUrl: `${ASSETS}/cmaps/`,
    cMapPacked: true,
    standardFontDataUrl: `${ASSETS}/standard_fonts/`,
    wasmUrl: `${ASSETS}/wasm/`,
    iccUrl: `${ASSETS}/iccs/`,
    // Neither scripts nor forms of a document are of use here.
    enableXfa: false,
    isEvalSupported: false,
  });
}

export type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
export { TextLayer } from 'pdfjs-dist';
