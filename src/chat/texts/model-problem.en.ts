import type { ModelProblem } from '../../errors.ts';

const BYTES = {
  fewer: 'fewer bytes than announced',
  more: 'more bytes than announced',
  other: 'other bytes than announced',
};

/** Why a model cannot be used and what to do, as it stands behind a colon. */
export function modelProblem(problem: ModelProblem): string {
  switch (problem.kind) {
    case 'no-name':
      return 'it is no folder and no hub id; write demo, ./folder or owner/name.';
    case 'no-folder':
      return `there is no folder ${problem.folder}; name one that is there.`;
    case 'no-such-model':
      return `${problem.host} has no such model; check the spelling. The nearest known one is ${problem.nearest}.`;
    case 'private':
      return `on ${problem.host} it is private or not there at all; check the spelling (the nearest known one is ${problem.nearest}) or ${problem.hasToken ? 'set HF_TOKEN to a token that may read it' : 'set HF_TOKEN'}.`;
    case 'gated':
      return `it is gated; accept its terms on its page at ${problem.host}, then ${problem.hasToken ? 'check that HF_TOKEN is of that account' : 'set HF_TOKEN'}.`;
    case 'no-clip':
      return 'its config.json is not that of a CLIP or SigLIP model; see "models list" for some that work.';
    case 'detector-only':
      return 'it finds boxes and is no CLIP; name it in DETECTOR_MODEL, for /detect.';
    case 'no-detector':
      return 'its config.json is not that of an OWL-ViT; use one, such as Xenova/owlvit-base-patch32.';
    case 'owlv2':
      return 'it is an OWLv2, whose way of reading a picture is not supported; use an OWL-ViT, such as Xenova/owlvit-base-patch32.';
    case 'text-only':
      return 'it has only the text encoder; choose one that has the image encoder too. See "models list".';
    case 'vision-only':
      return 'it has only the image encoder; choose one that has the text encoder too. See "models list".';
    case 'file-missing':
      return `it has no ${problem.path}; use a model in the layout of transformers.js; "models list" shows some.`;
    case 'file-wrong':
      return `its ${problem.path} is not what it should be; get the model anew.`;
    case 'variant-missing':
      return `it has no ${problem.path}; choose a dtype that it has: ${problem.there.join(', ')}.`;
    case 'contradiction':
      return `its ${problem.paths[0]} and ${problem.paths[1]} do not belong together; get the model anew, or use another.`;
    case 'not-loadable':
      return `it cannot be loaded; get it anew, or use another. (${problem.reason})`;
    case 'file-changes':
      return `${problem.path} keeps changing on the hub; try again later.`;
    case 'size-unknown':
      return `the hub does not tell the size of ${problem.path}; check HF_ENDPOINT.`;
    case 'wrong-bytes':
      return `${problem.host} sent ${problem.path} with ${BYTES[problem.are]}; try again later or check HF_ENDPOINT.`;
    case 'unreachable':
      return `${problem.host} cannot be reached; check the network, HF_ENDPOINT and HTTPS_PROXY, then try again.`;
    case 'stalled':
      return `${problem.host} sends nothing more; check the network and try again. What came is kept.`;
    case 'hub-busy':
      return `${problem.host} gets too many requests; try again later.`;
    case 'hub-fails':
      return `${problem.host} is failing (${problem.status}); try again later.`;
    case 'hub-refuses':
      return `${problem.host} refuses the request (${problem.status}); check HF_ENDPOINT.`;
    case 'offline':
      return 'it is not here, and HF_HUB_OFFLINE forbids to fetch it; unset that, or copy its folder here.';
    case 'not-fetched':
      return `it is not here; whoever runs Cliplens can get it with: npm run cliplens -- models pull ${problem.id} --dtype ${problem.dtype}`;
    case 'too-large':
      return `it takes about ${problem.megabytes} MB of memory, and MODEL_MEMORY allows ${problem.limit}; raise that, or use a smaller dtype or model.`;
    case 'disk-full':
      return `the disk is full; make room for ${problem.folder} and try again. What came is kept.`;
    case 'no-space':
      return `it needs ${problem.megabytes} MB, and ${problem.folder} has ${problem.free} MB left; make room or change DATA_DIR.`;
    case 'not-writable':
      return `${problem.folder} cannot be written to; change its rights or DATA_DIR.`;
    case 'fetched-twice':
      return `another process fetches ${problem.path} as well; try again when it is done.`;
  }
}
