import type { Locale, Localised } from './locale.ts';

interface Preset {
  title: Localised;
  labels: Readonly<Record<Locale, readonly string[]>>;
}

/** Label sets to start a workshop with. */
export const PRESETS = {
  animals: preset(
    'Animals',
    '동물',
    'dog, cat, horse, cow, pig, rabbit, bird, fish, turtle, butterfly',
    '강아지, 고양이, 말, 소, 돼지, 토끼, 새, 물고기, 거북이, 나비',
  ),
  food: preset(
    'Food',
    '음식',
    'pizza, hamburger, bread, cake, rice, noodles, apple, banana, strawberry, coffee',
    '피자, 햄버거, 빵, 케이크, 밥, 국수, 사과, 바나나, 딸기, 커피',
  ),
  vehicles: preset(
    'Vehicles',
    '탈것',
    'car, bus, truck, bicycle, motorcycle, train, airplane, helicopter, boat, rocket',
    '자동차, 버스, 트럭, 자전거, 오토바이, 기차, 비행기, 헬리콥터, 배, 로켓',
  ),
  weather: preset(
    'Weather',
    '날씨',
    'sun, cloud, rain, snow, lightning, rainbow, tornado, fog',
    '해, 구름, 비, 눈, 번개, 무지개, 토네이도, 안개',
  ),
  feelings: preset(
    'Feelings',
    '감정',
    'happy face, sad face, angry face, surprised face, crying face, smiling face',
    '행복한 얼굴, 슬픈 얼굴, 화난 얼굴, 놀란 얼굴, 우는 얼굴, 웃는 얼굴',
  ),
  seoul: preset(
    'Seoul landmarks',
    '서울 명소',
    'Gyeongbokgung Palace, Namsan Seoul Tower, hanok village, Han River, Lotte World Tower, Cheonggyecheon Stream, Dongdaemun Design Plaza, Gwanghwamun Gate',
    '경복궁, 남산서울타워, 한옥마을, 한강, 롯데월드타워, 청계천, 동대문디자인플라자, 광화문',
  ),
  objects: preset(
    'Everyday objects',
    '일상 사물',
    'chair, bed, book, pencil, scissors, key, umbrella, shoe, phone, laptop, camera, clock',
    '의자, 침대, 책, 연필, 가위, 열쇠, 우산, 신발, 전화기, 노트북, 카메라, 시계',
  ),
} as const satisfies Readonly<Record<string, Preset>>;

type PresetName = keyof typeof PRESETS;

export const PRESET_NAMES: readonly string[] = Object.keys(PRESETS);

export function isPresetName(name: string): name is PresetName {
  return Object.hasOwn(PRESETS, name);
}

function preset(en: string, ko: string, english: string, korean: string): Preset {
  return { title: { en, ko }, labels: { en: english.split(', '), ko: korean.split(', ') } };
}
