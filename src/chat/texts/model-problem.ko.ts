import type { ModelProblem } from '../../errors.ts';

const BYTES = {
  fewer: '알린 것보다 적은 바이트로',
  more: '알린 것보다 많은 바이트로',
  other: '알린 것과 다른 내용으로',
};

/** Why a model cannot be used and what to do, as it stands behind a colon. */
export function modelProblem(problem: ModelProblem): string {
  switch (problem.kind) {
    case 'no-name':
      return '폴더도 허브 아이디도 아닙니다. demo, ./폴더, 소유자/이름 가운데 하나로 적어 주세요.';
    case 'no-folder':
      return `${problem.folder} 폴더가 없습니다. 있는 폴더를 적어 주세요.`;
    case 'no-such-model':
      return `${problem.host} 에 그런 모델이 없습니다. 철자를 확인하세요. 가장 비슷한 모델: ${problem.nearest}.`;
    case 'private':
      return `${problem.host} 에서 비공개이거나 없는 모델입니다. 철자를 확인하거나(가장 비슷한 모델: ${problem.nearest}) ${problem.hasToken ? '읽을 권한이 있는 토큰을 HF_TOKEN 에 넣으세요' : 'HF_TOKEN 을 설정하세요'}.`;
    case 'gated':
      return `이용 동의가 필요한 모델입니다. ${problem.host} 의 모델 페이지에서 약관에 동의한 뒤 ${problem.hasToken ? 'HF_TOKEN 이 그 계정의 것인지 확인하세요' : 'HF_TOKEN 을 설정하세요'}.`;
    case 'no-clip':
      return 'config.json 이 CLIP이나 SigLIP 모델의 것이 아닙니다. "models list" 에서 쓸 수 있는 모델을 고르세요.';
    case 'detector-only':
      return '상자를 찾는 모델이며 CLIP이 아닙니다. /detect 를 위해 DETECTOR_MODEL 에 적으세요.';
    case 'no-detector':
      return 'config.json 이 OWL-ViT의 것이 아닙니다. Xenova/owlvit-base-patch32 같은 OWL-ViT를 쓰세요.';
    case 'owlv2':
      return 'OWLv2는 그림을 읽는 방식이 달라 지원하지 않습니다. Xenova/owlvit-base-patch32 같은 OWL-ViT를 쓰세요.';
    case 'text-only':
      return '글 인코더만 있습니다. 이미지 인코더도 있는 모델을 "models list" 에서 고르세요.';
    case 'vision-only':
      return '이미지 인코더만 있습니다. 글 인코더도 있는 모델을 "models list" 에서 고르세요.';
    case 'file-missing':
      return `${problem.path} 파일이 없습니다. "models list" 에 있는 것처럼 transformers.js 구조로 된 모델을 쓰세요.`;
    case 'file-wrong':
      return `${problem.path} 파일의 내용이 올바르지 않습니다. 모델을 다시 받으세요.`;
    case 'variant-missing':
      return `${problem.path} 파일이 없습니다. 있는 dtype 가운데 고르세요: ${problem.there.join(', ')}.`;
    case 'contradiction':
      return `${problem.paths[0]} 파일과 ${problem.paths[1]} 파일이 서로 맞지 않습니다. 모델을 다시 받거나 다른 모델을 쓰세요.`;
    case 'not-loadable':
      return `불러올 수 없습니다. 다시 받거나 다른 모델을 쓰세요. (${problem.reason})`;
    case 'file-changes':
      return `허브의 ${problem.path} 파일이 계속 바뀝니다. 나중에 다시 시도하세요.`;
    case 'size-unknown':
      return `허브가 ${problem.path} 파일의 크기를 알려 주지 않습니다. HF_ENDPOINT 를 확인하세요.`;
    case 'wrong-bytes':
      return `${problem.host} 에서 ${problem.path} 파일이 ${BYTES[problem.are]} 왔습니다. 나중에 다시 시도하거나 HF_ENDPOINT 를 확인하세요.`;
    case 'unreachable':
      return `${problem.host} 에 연결할 수 없습니다. 네트워크와 HF_ENDPOINT, HTTPS_PROXY 를 확인하고 다시 시도하세요.`;
    case 'stalled':
      return `${problem.host} 에서 더 이상 오지 않습니다. 네트워크를 확인하고 다시 시도하세요. 받은 만큼은 남아 있습니다.`;
    case 'hub-busy':
      return `${problem.host} 에 요청이 너무 많습니다. 나중에 다시 시도하세요.`;
    case 'hub-fails':
      return `${problem.host} 에 문제가 있습니다 (${problem.status}). 나중에 다시 시도하세요.`;
    case 'hub-refuses':
      return `${problem.host} 가 요청을 거절합니다 (${problem.status}). HF_ENDPOINT 를 확인하세요.`;
    case 'offline':
      return '여기에 없고 HF_HUB_OFFLINE 때문에 받을 수 없습니다. 설정을 지우거나 모델 폴더를 복사해 오세요.';
    case 'not-fetched':
      return `여기에 없습니다. Cliplens 운영자가 이 명령으로 받을 수 있습니다: npm run cliplens -- models pull ${problem.id} --dtype ${problem.dtype}`;
    case 'too-large':
      return `메모리가 약 ${problem.megabytes} MB 필요한데 MODEL_MEMORY 는 ${problem.limit} MB입니다. 값을 늘리거나 더 작은 dtype이나 모델을 쓰세요.`;
    case 'disk-full':
      return `디스크가 가득 찼습니다. ${problem.folder} 에 자리를 만들고 다시 시도하세요. 받은 만큼은 남아 있습니다.`;
    case 'no-space':
      return `${problem.megabytes} MB가 필요한데 ${problem.folder} 에 ${problem.free} MB만 남았습니다. 자리를 만들거나 DATA_DIR 을 바꾸세요.`;
    case 'not-writable':
      return `${problem.folder} 에 쓸 수 없습니다. 권한이나 DATA_DIR 을 바꾸세요.`;
    case 'fetched-twice':
      return `다른 프로세스도 ${problem.path} 파일을 받고 있습니다. 끝나면 다시 시도하세요.`;
  }
}
