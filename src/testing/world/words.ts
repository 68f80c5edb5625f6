/** Raw material of the made-up world. No person, place of work or recording here is meant. */
interface Person {
  readonly username: string;
  readonly name: string;
  readonly city?: string;
  readonly country?: string;
}

/** Users that documents and tests call by name. The order is the users' id. */
export const KNOWN_USERS: readonly Person[] = [
  { username: 'bob', name: 'Bob', city: 'London', country: 'United Kingdom' },
  { username: 'peter', name: 'Peter', city: 'Athens', country: 'Greece' },
  { username: 'alice', name: 'Alice', city: 'Leeds', country: 'United Kingdom' },
  { username: 'luke', name: 'Luke', city: 'Athens', country: 'Greece' },
  { username: 'chris', name: 'Chris', city: 'Berlin', country: 'Germany' },
  { username: 'someuser', name: 'Some User' },
  { username: 'spartacus', name: 'Spartacus', city: 'Capua', country: 'Italy' },
  { username: 'certainuser', name: 'Certain User', country: 'Chile' },
  { username: 'auser', name: 'A. User', city: 'Porto', country: 'Portugal' },
  { username: 'stationowner', name: 'Harbour Station', city: 'Rotterdam', country: 'Netherlands' },
  { username: 'Night_Listener', name: 'Night Listener', city: 'Athens', country: 'Greece' },
  { username: 'archive', name: 'The Long Archive', city: 'Reykjavik', country: 'Iceland' },
  { username: 'SilentNewcomer', name: 'Silent Newcomer' },
  { username: 'NTWRadioWorks', name: 'NTW Radio Works', city: 'Manchester', country: 'United Kingdom' },
  { username: 'John_Tide', name: 'John Tide', city: 'Cork', country: 'Ireland' },
  { username: 'LittleJohnny', name: 'Little Johnny', city: 'Lagos', country: 'Nigeria' },
  { username: 'Νυχτερινός', name: 'Νυχτερινός Σταθμός', city: 'Athens', country: 'Greece' },
  { username: 'ΡάδιοΘύελλα', name: 'Ράδιο Θύελλα', city: 'Athens', country: 'Greece' },
  { username: 'тихий_океан', name: 'Тихий Океан', city: 'Владивосток', country: 'Россия' },
  { username: 'ЗимнийВечер', name: 'Зимний Вечер' },
  { username: 'רדיו-מדבר', name: 'רדיו מדבר', city: 'חיפה', country: 'ישראל' },
  { username: '夜雨电台', name: '夜雨电台', city: '成都', country: '中国' },
  { username: '青い波', name: '青い波 ラジオ', city: '札幌', country: '日本' },
  { username: '달빛방송', name: '달빛 방송', city: '부산', country: '대한민국' },
  { username: 'مذياع_الصحراء', name: 'مذياع الصحراء' },
  { username: 'रात_की_धुन', name: 'रात की धुन', city: 'Pune', country: 'India' },
  { username: 'ÇağlaÖztürkFM', name: 'Çağla Öztürk FM', city: 'İzmir', country: 'Türkiye' },
  { username: 'Łódź-Nocą', name: 'Łódź Nocą', city: 'Łódź', country: 'Polska' },
  { username: 'smörgås', name: 'Smörgås & Ljud', city: 'Malmö', country: 'Sverige' },
  { username: 'emoji-cat', name: 'Emoji Cat 🐈‍⬛🎧', city: 'Lisbon', country: 'Portugal' },
];

export const FIRST_WORDS: readonly string[] = ['Velvet', 'Copper', 'Quiet', 'Marble', 'Paper', 'Saffron', 'Tidal'];
export const SECOND_WORDS: readonly string[] = [
  'Lantern',
  'Orchard',
  'Kiosk',
  'Signal',
  'Gardens',
  'Ferry',
  'Attic',
  'Meridian',
  'Pigeon',
  'Cellar',
];

export const PLACES: readonly (readonly [string, string])[] = [
  ['Athens', 'Greece'],
  ['Lisbon', 'Portugal'],
  ['Oslo', 'Norway'],
  ['Nairobi', 'Kenya'],
  ['Lima', 'Peru'],
  ['Osaka', 'Japan'],
  ['Ghent', 'Belgium'],
];

/** The first is on the most cloudcasts. */
export const TAG_NAMES: readonly string[] = [
  'Funk',
  'Jazz',
  'Soul',
  'Rock',
  'Metal',
  'Deep House',
  'Drum & Bass',
  'Hip-Hop',
  'R&B',
  'Ambient',
  'Techno',
  "L'Été",
  'Ρεμπέτικο',
  'Электроника',
  '环境音乐',
  'シティポップ',
  'מוזיקה',
  '90s',
];

/** `{n}` is the running number of the cloudcast among its owner's. */
export const TITLES: readonly string[] = [
  'Harbour Lights {n}',
  'Slow Rain on Tin Roofs, vol. {n}',
  'Sunday Kitchen #{n}',
  'Νύχτα στην πόλη {n}',
  'Ночной поезд {n}',
  '雨夜 {n}',
  '夏の終わり {n}',
  'שעה אחת לפני הזריחה {n}',
  'Été à la mer / L’heure bleue {n}',
  'Live @ The Old Mill (Aug.{n}.2018)',
  '10',
  'May',
  '2019-02-03',
  'Tape {n}: "Side A" <unfinished>',
  'Funky Basement Session {n}',
  'Rock Before Breakfast {n}',
  'Jazz for Stairwells {n}',
  '🎧 Headphones Only {n}',
];

export const DESCRIPTIONS: readonly string[] = [
  '',
  'An hour of records that were bought in the rain.',
  'Recorded in one take, with the window open.\nThe tram at minute twelve is real.',
  'Ένα μικρό ταξίδι με παλιούς δίσκους.',
  'Пластинки из старого шкафа, без слов и без спешки.',
  '一小时的慢音乐，适合下雨天。',
  'Two turntables & a kettle – for those who are up early.',
];

export const COMMENTS: readonly string[] = [
  'This carried me through the washing-up.',
  'What is the one at 23:10? I have been humming it since.',
  'Πολύ ωραίο, ευχαριστούμε!',
  'Спасибо, слушаю второй раз подряд.',
  '太好听了，谢谢分享！',
  'The first ten minutes alone are worth it.\nThen it gets better.',
  'Please do a part two 🙏',
  'Found you by chance & stayed for the whole archive.',
  'נפלא!',
];

export const BIOGS: readonly string[] = [
  '',
  'Plays records in small rooms.',
  'Radio from a converted boathouse. New shows on "most" Thursdays.',
  'Μουσική για όσους δεν κοιμούνται.',
  '只在晚上播放。',
];

export const ARTISTS: readonly string[] = [
  'The Paper Lamps',
  'Ines Corvo',
  'Müller & Sønn',
  'Κωστής Βράχος',
  'Cloud Tax',
];
export const SONGS: readonly string[] = [
  'Left at the Lighthouse',
  'Tin & Thunder',
  'No Trains Today',
  'Γυάλινη Θάλασσα',
];
