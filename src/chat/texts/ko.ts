import { duration } from './duration.ts';
import type { ErrorTexts } from './index.ts';
import { modelProblem } from './model-problem.ko.ts';

export { modelProblem };

export const errors: ErrorTexts = {
  'unknown-command': ({ name }) => `"${name}" 명령은 없습니다. /help 를 입력하면 명령 목록을 볼 수 있습니다.`,
  'unknown-option': ({ name, command }) =>
    `/${command} 명령에는 "${name}" 옵션이 없습니다. /help ${command} 에서 옵션을 확인하세요.`,
  'bad-option': ({ name, value, expected }) => `${name} 옵션에 "${value}" 값은 쓸 수 없습니다. 가능한 값: ${expected}.`,
  'option-missing': ({ name }) => `"${name}" 옵션이 빠졌습니다. 추가해서 다시 시도하세요.`,
  'subcommand-missing': ({ command, subcommands }) => `/${command} 로 무엇을 할지 적어 주세요: ${subcommands}.`,
  'image-missing': () => '이미지가 없습니다. PNG, JPEG, WebP, GIF 이미지를 붙여서 다시 시도하세요.',
  'too-few-images': ({ limit }) => `서로 견줄 이미지를 ${limit}장 이상 보내 주세요.`,
  'too-many-images': ({ limit }) =>
    limit === 0
      ? '이 명령에는 이미지가 필요 없습니다. 이미지를 빼고 다시 시도하세요.'
      : `이미지가 너무 많습니다. ${limit}장까지 보낼 수 있습니다.`,
  'image-empty': ({ name }) => `${name} 파일이 비어 있습니다. 다시 저장해서 보내 주세요.`,
  'image-too-large': ({ name, megabytes }) =>
    `${name} 파일이 너무 큽니다. ${megabytes} MB보다 작은 이미지를 보내 주세요.`,
  'image-too-many-pixels': ({ name, megapixels }) =>
    `${name} 이미지의 픽셀이 너무 많습니다. ${megapixels} 메가픽셀보다 작게 줄여서 다시 보내 주세요.`,
  'image-format': ({ name, format }) => {
    if (format === 'unknown') return `${name} 파일은 이미지가 아닙니다. PNG, JPEG, WebP, GIF 이미지를 보내 주세요.`;
    const kind = format === 'text' ? '텍스트' : format;
    return `${name} 파일은 ${kind} 형식이라 읽을 수 없습니다. 이미지를 PNG나 JPEG로 저장해서 보내 주세요.`;
  },
  'image-broken': ({ name }) => `${name} 파일이 손상되었거나 중간에 잘렸습니다. 다시 저장하거나 내려받아 보내 주세요.`,
  'image-unreadable': ({ name }) => `${name} 파일을 가져올 수 없습니다. 파일이 있는지 확인하고 다시 보내 주세요.`,
  'archive-missing': () =>
    'zip 파일이 없습니다. 그림을 zip으로 압축해 명령과 함께 보내 주세요. 명령줄에서는 폴더도 됩니다.',
  'folder-missing': ({ path }) =>
    `"${path}" 폴더나 zip이 없습니다. 사진이 든 폴더나 zip을 먼저 적고, 물을 것은 그 뒤에 적어 주세요.`,
  'too-many-archives': ({ limit }) =>
    limit === 0
      ? '이 명령은 zip이나 폴더를 받지 않습니다. 이미지를 그대로 보내 주세요.'
      : `zip이 너무 많습니다. ${limit}개까지만 보내 주세요.`,
  'archive-broken': ({ name }) =>
    `${name} 파일을 zip으로 읽을 수 없습니다. 컴퓨터의 기본 압축 기능으로 다시 만들어 한 번 더 보내 주세요.`,
  'archive-damaged': ({ name, path }) =>
    `${name} 안의 ${path} 파일이 손상되었습니다. 압축할 때와 내용이 다릅니다. 다시 압축하여 한 번 더 보내 주세요.`,
  'archive-too-large': ({ name, megabytes }) =>
    `${name} 파일이 너무 큽니다. 그림을 줄이거나 덜 넣어 ${megabytes} MB보다 작은 zip을 보내 주세요.`,
  'archive-too-many': ({ name, limit }) => `${name} 안에 든 것이 너무 많습니다. 파일을 ${limit}개까지만 넣어 주세요.`,
  'archive-unpacks-too-large': ({ name, megabytes }) =>
    `${name} 파일은 풀면 ${megabytes} MB가 넘습니다. 그림을 줄이거나 덜 넣어 주세요.`,
  'archive-file-too-large': ({ name, path, megabytes }) =>
    `${name} 안의 ${path} 파일이 너무 큽니다. 파일마다 ${megabytes} MB보다 작게 하여 다시 압축해 주세요.`,
  'archive-bomb': ({ name, path }) =>
    `${name} 안의 ${path} 파일은 풀면 백 배로 커져서 아무것도 풀지 않았습니다. 그 파일을 빼고 다시 압축해 주세요.`,
  'archive-path': ({ name, path }) =>
    `${name} 안의 "${path}" 경로가 zip 밖을 가리켜서 아무것도 풀지 않았습니다. 폴더를 다시 압축해 주세요.`,
  'archive-link': ({ name, path }) =>
    `${name} 안의 ${path} 항목은 zip 밖으로 이어지는 링크입니다. 파일 자체를 넣어 다시 압축해 주세요.`,
  'archive-twice': ({ name, path }) =>
    `${name} 안에 ${path} 파일이 둘 있습니다. 하나의 이름을 바꾸어 폴더를 다시 압축해 주세요.`,
  'archive-nested': ({ name, path }) =>
    `${name} 안의 ${path} 파일도 zip입니다. 먼저 풀어서 그림을 폴더에 둔 뒤 그 폴더를 압축해 주세요.`,
  'archive-encrypted': ({ name }) => `${name} 파일에 암호가 있습니다. 암호 없이 압축하여 다시 보내 주세요.`,
  'archive-empty': ({ name }) => `${name} 안에 파일이 없습니다. 그림을 넣어 다시 보내 주세요.`,
  'folder-unwritable': ({ folder }) => `${folder} 폴더에 쓸 수 없습니다. --out 으로 다른 폴더를 정해 주세요.`,
  'labels-missing': () =>
    '아직 라벨이 없습니다. 명령 뒤에 고양이, 강아지 처럼 적거나 /labels set 고양이, 강아지 로 정해 주세요.',
  'too-few-labels': ({ limit }) => `라벨을 쉼표로 나누어 ${limit}개 이상 적어 주세요. 확률은 라벨끼리 견준 값입니다.`,
  'too-few-texts': ({ limit }) => `서로 견줄 글을 쉼표로 나누어 ${limit}개 이상 적어 주세요.`,
  'too-few-synonyms': ({ limit }) => `같은 것을 뜻하는 말을 ${limit}개 이상 적어 주세요. 예: synonyms:"개, 강아지".`,
  'synonyms-alone': () => '동의어와 견줄 다른 라벨도 적어 주세요. 예: /prompts 고양이, 자동차 synonyms:"개, 강아지".',
  'too-many-labels': ({ limit, count }) => `라벨 ${count}개는 너무 많습니다. ${limit}개까지 쓸 수 있습니다.`,
  'too-many-channel-labels': ({ limit, count }) =>
    `이 채널의 라벨 ${count}개는 여기에 너무 많습니다. 그 가운데 ${limit}개까지 골라 명령 뒤에 적어 주세요.`,
  'label-too-long': ({ limit, label }) => `"${label}" 라벨이 너무 깁니다. 라벨마다 ${limit}자까지 쓸 수 있습니다.`,
  'label-control': ({ label }) => `"${label}" 라벨에 보이지 않는 제어 문자가 있습니다. 새로 입력해 주세요.`,
  'label-unknown': ({ label }) => `"${label}" 라벨은 이 채널에 없습니다. /labels show 로 목록을 볼 수 있습니다.`,
  'texts-missing': () =>
    '무엇을 찾을지 적어 주세요: /saliency 고양이. 견주려면 여럿을 적어 주세요: /saliency 고양이, 소파.',
  'too-many-texts': ({ limit, count }) =>
    `한 그림에 ${count}개는 너무 많습니다. 쉼표로 나누어 ${limit}개까지 골라 주세요.`,
  'template-slot': ({ template }) =>
    `"${template}" 템플릿에는 {label} 이 꼭 한 번 있어야 합니다. 예: a photo of a {label}. plain, photo, clip-7, clip-80 도 쓸 수 있습니다.`,
  'template-too-long': ({ limit }) => `템플릿이 너무 깁니다. ${limit}자까지 쓸 수 있습니다.`,
  'preset-unknown': ({ name, presets }) => `"${name}" 프리셋은 없습니다. 쓸 수 있는 프리셋: ${presets}.`,
  'nothing-to-undo': () => '되돌릴 것이 없습니다. 이 채널의 라벨은 바뀐 적이 없습니다.',
  'one-label': () => '이 이미지들의 라벨을 쉼표 없이 하나만 쓰세요. 다른 라벨의 이미지는 따로 더하세요.',
  'too-many-examples': ({ limit }) =>
    `한 채널에는 예시를 ${limit}개까지 둘 수 있습니다. /teach forget 으로 몇 개를 지우고 다시 더하세요.`,
  'too-few-classes': ({ found }) =>
    `읽을 수 있는 그림이 라벨 둘 이상 있어야 하는데 ${found === '' ? '없습니다' : `"${found}" 뿐입니다`}. 라벨마다 폴더를 만들어 그림을 넣으세요.`,
  'no-class-folders': ({ name }) =>
    `${name} 안에 폴더가 없습니다. 라벨마다 그 이름의 폴더를 만들어 그림을 넣고 함께 압축하세요.`,
  'too-many-pictures': ({ count, limit }) =>
    `그림 ${count}장은 채팅에서 너무 많습니다. ${limit}장까지 보내거나, Cliplens를 운영하는 사람에게 npm run evaluate -- fewshot 을 부탁하세요.`,
  'nothing-taught': () =>
    '아직 가르친 것이 없습니다. /teach add label:고양이 와 함께 이미지를 보내고, 두 번째 라벨로 다른 이미지도 보내세요.',
  'taught-one-label': ({ label }) =>
    `지금까지 "${label}" 라벨만 가르쳤습니다. 라벨이 하나면 구별할 것이 없습니다. /teach add 로 두 번째 라벨의 이미지를 보내세요.`,
  'taught-other-model': ({ count }) =>
    `이 채널의 예시 ${count}개는 다른 모델로 만든 것이라 지금 모델과 비교할 수 없습니다. 이미지를 다시 더하거나 /labels model 로 전의 모델로 돌아가세요.`,
  'nothing-of-yours': () => '여기에는 내가 더한 그런 예시가 없습니다. /teach show 로 무엇이 있는지 보세요.',
  'not-allowed': ({ command }) =>
    `/${command} 명령은 채널 설정을 바꾸므로 채널 관리자만 쓸 수 있습니다. 관리자에게 부탁하세요.`,
  cooldown: ({ seconds }) => `${seconds}초 뒤에 다시 사용해 주세요.`,
  'channel-cooldown': ({ seconds }) => `지금 이 채널에 요청이 많습니다. ${seconds}초 뒤에 다시 시도하세요.`,
  busy: () => '지금 기다리는 요청이 너무 많습니다. 몇 초 뒤에 다시 시도하세요.',
  'button-gone': () => '너무 오래되어 쓸 수 없습니다. 명령을 다시 실행하세요.',
  stopping: () => 'Cliplens가 다시 시작되는 중입니다. 잠시 뒤에 다시 시도하세요.',
  stopped: () => '끝나기 전에 Cliplens가 멈췄습니다. 잠시 뒤에 다시 요청해 주세요.',
  'encoder-crashed': () => '모델이 이 이미지를 보다가 멈춰서 다시 시작하고 있습니다. 몇 초 뒤에 다시 시도하세요.',
  'address-refused': ({ address }) =>
    `${address} 주소에서는 가져오지 않습니다. 공개된 https:// 주소의 이미지만 가져옵니다. 이미지를 직접 보내 주세요.`,
  'file-not-ready': ({ name }) => `${name} 파일을 채팅에서 아직 처리하고 있습니다. 몇 초 뒤에 다시 시도하세요.`,
  'scope-missing': ({ scope }) =>
    `Cliplens에 "${scope}" 권한이 없어서 할 수 없습니다. 관리자에게 앱에 권한을 추가하고 다시 설치해 달라고 부탁하세요.`,
  'not-in-channel': () =>
    'Cliplens가 이 채널에 없어서 파일을 보거나 답할 수 없습니다. /invite @Cliplens 로 초대한 뒤 다시 시도하거나 Cliplens에 직접 메시지를 보내세요.',
  'channel-closed': () =>
    '보관되었거나 일부만 쓸 수 있는 채널이라 Cliplens가 쓸 수 없습니다. 다른 채널에서 요청하거나 Cliplens에 직접 메시지를 보내세요.',
  'form-late': () => '제때 입력 창을 열지 못했습니다. 다시 시도하세요.',
  'signed-out': () => 'Cliplens가 이 워크스페이스와 연결되어 있지 않습니다. 관리자에게 다시 설치해 달라고 부탁하세요.',
  'pack-unknown': ({ name, nearest, packs }) =>
    `"${name}" 검사 묶음은 없습니다. 혹시 ${nearest}인가요? 쓸 수 있는 묶음: ${packs}.`,
  'pack-off': ({ pack }) =>
    `"${pack}" 묶음에는 사람을 아프게 하는 라벨이 있어 꺼져 있습니다. 채널 관리자가 켤 수 있습니다: /biasaudit allow ${pack}`,
  'variant-unknown': ({ name, variants }) => `이 묶음에는 "${name}" 표현이 없습니다. 쓸 수 있는 것: ${variants}.`,
  'image-not-audited': () =>
    '편향 검사는 사진 한 장을 보지 않습니다. 얼굴 하나에 대한 모델의 말은 모델을 재는 잣대가 아니고, 사람에 대해 할 말도 아닙니다. 대신 /biasaudit occupation 처럼 그림 묶음으로 검사하세요. 내 사진을 그룹끼리 견주려면 이 컴퓨터의 페이지나 명령줄에서 zip과 함께 /biasaudit own 을 쓰세요.',
  'pairs-missing': () => '모델이 고를 라벨 둘을 빗금으로 나누어 적어 주세요: 간호사/의사',
  'pair-unread': ({ pair }) =>
    `"${pair}" 은(는) 라벨 쌍이 아닙니다. 라벨 둘 사이에 빗금을, 쌍 사이에 쉼표를 적어 주세요: 간호사/의사, 교사/정비사`,
  'pair-same': ({ label }) => `"${label}" 라벨이 쌍의 양쪽에 있습니다. 서로 다른 라벨 둘을 적어 주세요: 간호사/의사`,
  'too-many-pairs': ({ limit, count }) => `라벨 쌍 ${count}개는 한 번에 너무 많습니다. ${limit}개까지만 써 주세요.`,
  'no-group-folders': ({ name }) =>
    `${name} 안에 폴더가 없습니다. 그룹마다 그 이름의 폴더를 만들어 사진을 넣고, 폴더들을 함께 압축하세요.`,
  'group-too-deep': ({ path }) =>
    `${path} 파일이 그룹 폴더 안의 폴더에 있습니다. 그룹의 사진은 그 그룹 폴더에 바로 넣어 주세요.`,
  'group-twice': ({ one, other }) =>
    `"${one}" 폴더와 "${other}" 폴더는 이름이 같은 그룹이 됩니다. 한쪽의 이름을 바꿔 주세요.`,
  'too-few-groups': ({ found }) =>
    `편향 검사는 그룹을 견주는데 "${found}" 하나뿐입니다. 그 옆에 사진 폴더를 하나 더 두세요.`,
  'too-many-groups': ({ limit, count }) =>
    `그룹 ${count}개는 한 번에 너무 많습니다. groups:"여성, 남성" 처럼 이름으로 ${limit}개까지 골라 주세요.`,
  'group-unknown': ({ name, groups }) => `"${name}" 폴더가 없습니다. 있는 것: ${groups}.`,
  'too-many-to-audit': ({ limit, count }) =>
    `사진 ${count}장은 한 번에 너무 많습니다. 그룹마다 고르게 줄여 모두 ${limit}장까지만 넣어 주세요.`,
  'picture-in-two-groups': ({ one, other }) =>
    `${one} 파일과 ${other} 파일은 완전히 같은 사진입니다. 사진은 한 그룹에만 있어야 하니 한쪽에서 빼 주세요.`,
  'group-too-small': ({ group, count, limit }) =>
    `"${group}" 그룹에 사진이 ${count}장 있습니다. 편향 검사는 사진 한 장이 아니라 그룹을 견줍니다. 그룹마다 서로 다른 사진을 ${limit}장 이상 넣어 주세요.`,
  'too-few-names-in-common': ({ count, limit }) =>
    `모든 그룹에 있는 파일 이름이 ${count === 0 ? '없습니다' : `${count}개뿐입니다`}. 쌍은 확장자까지 같은 파일 이름으로 짓습니다. 그룹마다 ${limit}장 이상에 같은 이름을 붙이거나 pairing 없이 실행해 주세요.`,
  'pack-broken': ({ pack, field, reason }) =>
    `"${pack}" 검사 묶음을 쓸 수 없습니다: ${field} ${reason}. pack.json을 고치거나 폴더를 새로 받으세요.`,
  'pack-changed': ({ file }) =>
    `검사 묶음이 적힌 내용과 다릅니다: ${file} 파일이 없거나 바뀌었습니다. 결과의 뜻이 어디서나 같도록 새로 받으세요.`,
  'zone-unknown': ({ zone }) => `"${zone}" 시간대가 없습니다. Asia/Seoul이나 Europe/Berlin처럼 써 주세요.`,
  'schedule-unread': ({ text }) =>
    `"${text}"에서 실행 시각을 읽을 수 없습니다. 매일, 매주, 매월 또는 0 9 * * 1 같은 다섯 칸 cron 식을 써 주세요.`,
  'schedule-never': ({ text }) => `"${text}"은(는) 결코 오지 않는 날입니다. 다른 날을 골라 주세요.`,
  'schedule-too-often': ({ text }) =>
    `"${text}"은(는) 한 시간에 두 번 이상 실행됩니다. 0 9 * * *처럼 한 시간 이상 간격을 두어 주세요.`,
  'nowhere-to-post': ({ pack }) =>
    `여기에는 결과를 올릴 곳이 없습니다. 예약한 검사는 Discord나 Slack 채널에만 올릴 수 있습니다. 그런 채널에서 예약하거나 직접 실행하세요: /biasaudit ${pack}`,
  'too-many-schedules': ({ limit, packs }) =>
    `이 채널에는 이미 가장 많은 ${limit}개의 묶음이 예약되어 있습니다: ${packs}. /biasaudit unschedule 뒤에 이름을 써서 먼저 하나를 끝내세요.`,
  'not-scheduled': ({ pack, packs }) =>
    packs === ''
      ? '이 채널에 예약된 묶음이 없습니다. 예약하려면: /biasaudit schedule control every:weekly'
      : `"${pack}" 묶음은 이 채널에 예약되어 있지 않습니다. 예약된 것: ${packs}.`,
  'model-loading': ({ percent }) => `모델을 아직 불러오는 중입니다 (${percent} %). 잠시 뒤에 다시 시도하세요.`,
  'model-unknown': ({ name, models }) => `여기에 "${name}" 모델은 없습니다. 쓸 수 있는 모델: ${models}.`,
  'model-damaged': ({ files, mend }) => `손상된 파일: ${files}. 이렇게 고치세요: ${mend}`,
  'model-not-here': ({ id, models }) => `"${id}" 모델은 받은 적이 없습니다. 여기 있는 모델: ${models || '없음'}.`,
  'model-bundled': ({ id }) =>
    `"${id}" 모델은 Cliplens에 들어 있어 받거나 확인하거나 지울 것이 없습니다. CLIP_MODEL=${id}, /labels model ${id}, model:${id} 로 쓰세요.`,
  'not-explainable': ({ model, missing }) =>
    `"${model}" 모델은 속을 읽을 수 없어 (그래프에 없음: ${missing}) 어디에 있는지 말하지 못합니다. model:이름 으로 다른 모델을 고르거나, 그림을 한 곳씩 가려 보는 /saliency 를 쓰세요.`,
  'model-unavailable': ({ model, problem }) => `"${model}" 모델을 쓸 수 없습니다: ${modelProblem(problem)}`,
  'detector-unavailable': ({ model, problem }) =>
    `탐지 모델 "${model}" (DETECTOR_MODEL) 을 쓸 수 없습니다: ${modelProblem(problem)} 그동안은 model:이름 에 CLIP 모델을 적으면 상자를 찾습니다.`,
};

export const bug = (id: string) =>
  `저희 쪽에서 문제가 생겼습니다. 다시 시도해 보고, 계속되면 운영자에게 오류 번호 ${id} 을(를) 알려 주세요.`;

export const share = '공유하기';
export const type = '직접 입력…';
export const leftOut = '이 채팅은 그렇게 큰 파일을 받지 않아서 그림 하나를 뺐습니다.';
export const madeSmaller = '이 채팅은 더 큰 파일을 받지 않아서 그림을 줄였습니다.';
export const fileLeftOut =
  '이 채팅은 그렇게 큰 파일을 받지 않아서 파일 하나를 뺐습니다. 한 번에 더 적게 물어보면 받을 수 있습니다.';
export const tooManyFiles = (limit: number) =>
  `여기서는 메시지 하나에 파일을 ${limit}개까지만 붙일 수 있어서 그림 일부를 뺐습니다.`;
export const timeLeft = (seconds: number) => `${duration('ko', seconds)} 남음`;
export const progress = (done: number, total: number, secondsLeft: number | undefined) =>
  `작업 중: ${total}개 중 ${done}개 끝남${secondsLeft === undefined ? '' : `, 약 ${timeLeft(secondsLeft)}`}`;
