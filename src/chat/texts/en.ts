import { duration } from './duration.ts';
import type { ErrorTexts } from './index.ts';
import { modelProblem } from './model-problem.en.ts';

export { modelProblem };

const pictures = (count: number) => (count === 1 ? 'one picture' : `${count} pictures`);

export const errors: ErrorTexts = {
  'unknown-command': ({ name }) => `There is no command "${name}". Type /help to see what there is.`,
  'unknown-option': ({ name, command }) =>
    `/${command} has no option "${name}". Type /help ${command} to see its options.`,
  'bad-option': ({ name, value, expected }) => `"${value}" does not work for ${name}. Use: ${expected}.`,
  'option-missing': ({ name }) => `"${name}" is missing. Add it and try again.`,
  'subcommand-missing': ({ command, subcommands }) => `Say what /${command} should do: ${subcommands}.`,
  'image-missing': () => 'There is no image. Add one (PNG, JPEG, WebP or GIF) and try again.',
  'too-few-images': ({ limit }) => `Send at least ${limit} images: this compares them with each other.`,
  'too-many-images': ({ limit }) =>
    limit === 0
      ? 'This command takes no image. Leave it out and try again.'
      : `That is too many images. Send ${limit} at most.`,
  'image-empty': ({ name }) => `${name} is empty. Save it again and send it once more.`,
  'image-too-large': ({ name, megabytes }) => `${name} is too large. Send an image under ${megabytes} MB.`,
  'image-too-many-pixels': ({ name, megapixels }) =>
    `${name} has too many pixels. Make it smaller than ${megapixels} megapixels and send it again.`,
  'image-format': ({ name, format }) => {
    if (format === 'unknown') return `${name} is not an image. Send a PNG, JPEG, WebP or GIF.`;
    const kind = format === 'text' ? 'a text file' : `in the ${format} format`;
    return `${name} is ${kind}, which cannot be read here. Save the image as PNG or JPEG and send that.`;
  },
  'image-broken': ({ name }) => `${name} is damaged or was cut off. Save or download it again and send it once more.`,
  'image-unreadable': ({ name }) => `${name} could not be fetched. Check that it is there and send it again.`,
  'archive-missing': () =>
    'There is no zip. Put the pictures into one and send it with the command; on the command line a folder does too.',
  'folder-missing': ({ path }) =>
    `There is no folder or zip "${path}". Name the one with the pictures first, then what to ask.`,
  'too-many-archives': ({ limit }) =>
    limit === 0
      ? 'This command takes no zip or folder. Send the images themselves.'
      : `That is too many zips. Send ${limit} at most.`,
  'archive-broken': ({ name }) =>
    `${name} cannot be read as a zip. Make it again with what your computer has for that, and send it once more.`,
  'archive-damaged': ({ name, path }) =>
    `${path} in ${name} was damaged on its way: its bytes are not those that were zipped. Zip it anew and send it once more.`,
  'archive-too-large': ({ name, megabytes }) =>
    `${name} is too large. Send a zip under ${megabytes} MB: make the pictures smaller or take fewer.`,
  'archive-too-many': ({ name, limit }) => `There is too much in ${name}. Take up to ${limit} files.`,
  'archive-unpacks-too-large': ({ name, megabytes }) =>
    `${name} unpacks to more than ${megabytes} MB. Make the pictures smaller or take fewer.`,
  'archive-file-too-large': ({ name, path, megabytes }) =>
    `${path} in ${name} is too large. Keep each file under ${megabytes} MB and zip it anew.`,
  'archive-bomb': ({ name, path }) =>
    `${path} in ${name} would unpack to a hundred times its size, so nothing was unpacked. Leave it out and zip it anew.`,
  'archive-path': ({ name, path }) =>
    `"${path}" in ${name} leads out of the zip, so nothing was unpacked. Zip the folder anew.`,
  'archive-link': ({ name, path }) =>
    `${path} in ${name} is a link, which leads out of the zip. Put the file itself there and zip it anew.`,
  'archive-twice': ({ name, path }) =>
    `${name} has two files called ${path}. Give one of them another name and zip the folder anew.`,
  'archive-nested': ({ name, path }) =>
    `${path} in ${name} is a zip itself. Unpack it first, so that the pictures lie in folders, and zip those.`,
  'archive-encrypted': ({ name }) => `${name} has a password. Zip it without one and send it once more.`,
  'archive-empty': ({ name }) => `There is no file in ${name}. Put the pictures in and send it once more.`,
  'folder-unwritable': ({ folder }) => `Nothing can be written to ${folder}. Name another folder with --out.`,
  'labels-missing': () =>
    'There are no labels yet. Write some after the command (cat, dog) or set them with /labels set cat, dog.',
  'too-few-labels': ({ limit }) =>
    `Give at least ${limit} labels, with commas between them: probabilities only compare labels.`,
  'too-few-texts': ({ limit }) =>
    `Give at least ${limit} texts, with commas between them: this compares them with each other.`,
  'too-few-synonyms': ({ limit }) => `Give at least ${limit} words for one thing, as in synonyms:"dog, puppy, hound".`,
  'synonyms-alone': () =>
    'Add other labels that the synonyms are compared with, as in: /prompts cat, car synonyms:"dog, puppy, hound".',
  'too-many-labels': ({ limit, count }) => `${count} labels are too many. Use ${limit} at most.`,
  'too-many-channel-labels': ({ limit, count }) =>
    `This channel has ${count} labels, which are too many here. Write up to ${limit} of them after the command.`,
  'label-too-long': ({ limit, label }) => `The label "${label}" is too long. Keep each label to ${limit} characters.`,
  'label-control': ({ label }) => `The label "${label}" has invisible control characters in it. Type it anew.`,
  'label-unknown': ({ label }) => `"${label}" is not among this channel's labels. /labels show lists them.`,
  'texts-missing': () => 'Write what to look for: /saliency cat. Or several, to compare them: /saliency cat, sofa.',
  'too-many-texts': ({ limit, count }) =>
    `${count} texts are too many for one picture. Choose up to ${limit}, with commas between them.`,
  'template-slot': ({ template }) =>
    `The template "${template}" needs {label} exactly once, as in: a photo of a {label}. Or use plain, photo, clip-7 or clip-80.`,
  'template-too-long': ({ limit }) => `The template is too long. Keep it to ${limit} characters.`,
  'preset-unknown': ({ name, presets }) => `There is no preset "${name}". There are: ${presets}.`,
  'nothing-to-undo': () => "There is nothing to undo: this channel's labels were not changed.",
  'one-label': () =>
    'Give one label for these images, without commas. Add those of another label in a step of their own.',
  'too-many-examples': ({ limit }) =>
    `A channel can hold ${limit} examples. Let some go with /teach forget, then add these again.`,
  'too-few-classes': ({ found }) =>
    `This needs readable pictures of two labels or more, and has ${found === '' ? 'none' : `only "${found}"`}. Make a folder for each label and put its pictures in.`,
  'no-class-folders': ({ name }) =>
    `${name} has no folders. Make one for each label, named like it, put its pictures in and zip them all.`,
  'too-many-pictures': ({ count, limit }) =>
    `${count} pictures are too many for a chat. Send ${limit} at most, or have whoever runs Cliplens use: npm run evaluate -- fewshot`,
  'nothing-taught': () =>
    'Nothing was taught here yet. Send images with /teach add label:cat, and others with a second label.',
  'taught-one-label': ({ label }) =>
    `Only "${label}" was taught so far, and one label cannot be told from anything. Send images with /teach add and a second label.`,
  'taught-other-model': ({ count }) =>
    `The ${count} examples of this channel belong to another model, and vectors of two models cannot be compared. Add the images again, or go back with /labels model.`,
  'nothing-of-yours': () => 'There is no such example of yours here. /teach show lists what there is.',
  'not-allowed': ({ command }) =>
    `/${command} changes this channel, so only people who manage it may use it. Ask one of them.`,
  cooldown: ({ seconds }) => `Please wait ${seconds} s before you use this again.`,
  'channel-cooldown': ({ seconds }) => `This channel is asking a lot right now. Try again in ${seconds} s.`,
  busy: () => 'Too many requests are waiting right now. Try again in a few seconds.',
  'button-gone': () => 'This is too old to be used. Run the command again.',
  stopping: () => 'Cliplens is being restarted. Try again in a minute.',
  stopped: () => 'Cliplens was stopped before this was done. Ask again in a minute.',
  'encoder-crashed': () =>
    'The model stopped while it looked at this and is being started again. Try again in a few seconds.',
  'address-refused': ({ address }) =>
    `${address} is not fetched: only images at public https:// addresses are. Send the image itself instead.`,
  'file-not-ready': ({ name }) => `${name} is still being processed by the chat. Try again in a few seconds.`,
  'scope-missing': ({ scope }) =>
    `Cliplens may not do this here: the permission "${scope}" is missing. Ask an admin to add it to the app and install it again.`,
  'not-in-channel': () =>
    'Cliplens is not in this channel, so it sees no files here and cannot answer. Add it with /invite @Cliplens and try again, or write to it directly.',
  'channel-closed': () =>
    'This channel does not let Cliplens write: it is archived, or only some may write in it. Ask in another channel, or write to Cliplens directly.',
  'form-late': () => 'The form could not be opened in time. Try again.',
  'signed-out': () => 'Cliplens is no longer connected to this workspace. Ask an admin to install it again.',
  'pack-unknown': ({ name, nearest, packs }) =>
    `There is no probe pack "${name}". Did you mean ${nearest}? There are: ${packs}.`,
  'pack-off': ({ pack }) =>
    `The pack "${pack}" uses labels that hurt people, so it is off until somebody who manages this channel turns it on: /biasaudit allow ${pack}`,
  'variant-unknown': ({ name, variants }) => `This pack has no wording "${name}". It has: ${variants}.`,
  'image-not-audited': () =>
    'An audit never looks at one picture: what a model says of one face is no measure of the model, and no business of ours to say of a person. Run a pack of drawings instead, such as /biasaudit occupation. Groups of pictures of your own can be compared on the local page and the command line: /biasaudit own with a zip.',
  'pairs-missing': () => 'Say which labels the model is to choose between, with a slash between two: nurse/doctor',
  'pair-unread': ({ pair }) =>
    `"${pair}" is no pair of labels. Write two with a slash between, and commas between pairs: nurse/doctor, teacher/mechanic`,
  'pair-same': ({ label }) => `"${label}" stands on both sides of a pair. Write two different labels: nurse/doctor`,
  'too-many-pairs': ({ limit, count }) => `${count} label pairs are too many for one audit. Use ${limit} at most.`,
  'no-group-folders': ({ name }) =>
    `${name} has no folders. Make one for each group, named like it, put its pictures in, and zip the folders together.`,
  'group-too-deep': ({ path }) =>
    `${path} lies in a folder within a folder of a group. Put the pictures of a group straight into its folder.`,
  'group-twice': ({ one, other }) =>
    `The folders "${one}" and "${other}" would be one and the same group. Give one of them another name.`,
  'too-few-groups': ({ found }) =>
    `An audit compares groups, and there is only "${found}". Put a second folder of pictures beside it.`,
  'too-many-groups': ({ limit, count }) =>
    `${count} groups are too many for one audit. Choose up to ${limit} by their names, as in groups:"women, men".`,
  'group-unknown': ({ name, groups }) => `There is no folder "${name}". There are: ${groups}.`,
  'too-many-to-audit': ({ limit, count }) =>
    `${count} pictures are too many for one audit. Take up to ${limit}, from each group alike.`,
  'picture-in-two-groups': ({ one, other }) =>
    `${one} and ${other} are the same picture, byte for byte. A picture belongs in one group: take it out of the other.`,
  'group-too-small': ({ group, count, limit }) =>
    `The group "${group}" has ${pictures(count)}. An audit compares groups, never single pictures: put at least ${limit} different ones into each.`,
  'too-few-names-in-common': ({ count, limit }) =>
    `${count === 0 ? 'No file name is' : `Only ${count === 1 ? '1 file name is' : `${count} file names are`}`} in every group, and pairs are made by file name, ending and all. Name at least ${limit} pictures alike in each group, or leave out pairing.`,
  'pack-broken': ({ pack, field, reason }) =>
    `The probe pack "${pack}" cannot be used: ${field} ${reason}. Mend its pack.json, or take the folder from a fresh copy.`,
  'pack-changed': ({ file }) =>
    `The pack is not what it says: ${file} is missing or was changed. Take it from a fresh copy, so that results mean the same everywhere.`,
  'zone-unknown': ({ zone }) => `There is no time zone "${zone}". Write one such as Asia/Seoul or Europe/Berlin.`,
  'schedule-unread': ({ text }) =>
    `"${text}" is no time to run at. Write daily, weekly, monthly, or a cron expression of five fields, such as 0 9 * * 1.`,
  'schedule-never': ({ text }) => `"${text}" names a day that never comes. Choose another one.`,
  'schedule-too-often': ({ text }) =>
    `"${text}" runs more than once an hour. Leave at least an hour between runs, as in 0 9 * * *.`,
  'nowhere-to-post': ({ pack }) =>
    `There is nowhere to post here: only a channel of Discord or Slack can be told of what runs by itself. Schedule it in such a channel, or run it yourself: /biasaudit ${pack}`,
  'too-many-schedules': ({ limit, packs }) =>
    `${limit} packs run by themselves in this channel already, which is the most: ${packs}. End one first: /biasaudit unschedule, with its name.`,
  'not-scheduled': ({ pack, packs }) =>
    packs === ''
      ? 'No pack runs by itself in this channel. Start one such as: /biasaudit schedule control every:weekly'
      : `"${pack}" does not run by itself in this channel. What does: ${packs}.`,
  'model-loading': ({ percent }) => `The model is still loading (${percent} %). Try again in a moment.`,
  'model-unknown': ({ name, models }) => `There is no model "${name}" here. There are: ${models}.`,
  'model-damaged': ({ files, mend }) => `Damaged: ${files}. Mend it with: ${mend}`,
  'model-not-here': ({ id, models }) => `The model "${id}" was not fetched. Here are: ${models || 'none'}.`,
  'model-bundled': ({ id }) =>
    `The model "${id}" comes with Cliplens, so there is nothing to fetch, verify or remove. Use it with CLIP_MODEL=${id}, /labels model ${id} or model:${id}`,
  'not-explainable': ({ model, missing }) =>
    `The model "${model}" cannot tell where things are: its inside is not understood (its graph has no ${missing}). Choose another with model:NAME, or use /saliency, which then covers parts of the image.`,
  'model-unavailable': ({ model, problem }) => `The model "${model}" cannot be used: ${modelProblem(problem)}`,
  'detector-unavailable': ({ model, problem }) =>
    `The detector "${model}" (DETECTOR_MODEL) cannot be used: ${modelProblem(problem)} Until then, model:NAME with the name of a CLIP model finds boxes.`,
};

export const bug = (id: string) =>
  `Something went wrong here, and it is not your fault. Try again; if it stays, tell the person who runs this: error ${id}.`;

export const share = 'Share';
export const type = 'Type them…';
export const leftOut = 'A picture was left out, because this chat takes no file that large.';
export const madeSmaller = 'The picture was made smaller, because this chat takes no larger files.';
export const fileLeftOut =
  'A file was left out, because this chat takes none that large. Ask about less at once to get it.';
export const tooManyFiles = (limit: number) =>
  `Pictures were left out, because a message here holds ${limit} files at most.`;
export const timeLeft = (seconds: number) => `${duration('en', seconds)} left`;
export const progress = (done: number, total: number, secondsLeft: number | undefined) =>
  `Working: ${done} of ${total} done${secondsLeft === undefined ? '' : `, about ${timeLeft(secondsLeft)}`}`;
