// What happened in a chat, told by Telegram itself.

import { nameOf } from "./avatar.js";
import { t } from "./words.js";

const TOLD = {
  new_chat_members: (people) => ({ name: people.map(nameOf).join(", ") }),
  left_chat_member: (person) => ({ name: nameOf(person) }),
  new_chat_title: (name) => ({ name }),
  pinned_message: () => ({}),
  forum_topic_created: ({ name }) => ({ name }),
  forum_topic_edited: () => ({}),
  forum_topic_closed: () => ({}),
  forum_topic_reopened: () => ({}),
  migrate_to_chat_id: () => ({}),
  migrate_from_chat_id: () => ({}),
  group_chat_created: () => ({}),
};

/** One line about it. */
export function serviceText({ service }) {
  const { type } = service;
  return type in TOLD ? t(`service_${type}`, TOLD[type](service[type])) : t("service_other", { name: type });
}
