/** Every text of the patient's page. One module a language; a language lacks none, the compiler sees to it. */

import type { Problem } from "../dates";

export interface Words {
  tag: string;
  title: string;
  help: string;
  language: string;
  opening: string;
  confirm: {
    heading: string;
    why: string;
    legend: string;
    month: string;
    day: string;
    year: string;
    example: string;
    go: string;
    checking: string;
    problems: Record<Problem, string>;
    refused: string;
    tooMany: string;
  };
  noLink: { heading: string; what: string };
  expired: { heading: string; what: string };
  waiting: {
    heading: string;
    seen: (name: string) => string;
    seenPlain: string;
    notYet: (name: string) => string;
    your: string;
    when: string;
    stay: string;
  };
  visit: {
    with: (name: string) => string;
    about: string;
    starting: string;
    medicines: string;
    noMedicines: string;
    contains: (what: string) => string;
    reason: (why: string) => string;
    notTaking: string;
    ready: string;
    away: (name: string) => string;
  };
  chat: {
    heading: string;
    empty: (name: string) => string;
    you: string;
    write: string;
    send: string;
    sending: string;
    failed: string;
    arrived: (name: string) => string;
  };
  leave: { button: string; note: string; heading: string; what: (name: string) => string; back: string; signOut: string };
  after: {
    heading: string;
    thanks: (name: string) => string;
    ready: string;
    notReady: string;
    read: string;
    print: string;
    save: string;
    newWindow: string;
    forms: string;
    large: string;
    larger: string;
    contrast: string;
    plain: string;
    recalled: string;
  };
  missed: { heading: string; what: string };
  done: { heading: string; what: string };
  connection: { lost: string; back: string };
  errors: { offline: string; other: string };
  someone: string;
}
