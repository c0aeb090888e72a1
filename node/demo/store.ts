/**
 * The forum's own tables: what is visible, and nothing else.
 *
 * A post that the gate held or blocked never gets here; Countersign keeps it. So page, API, search and feed cannot leak it.
 */
import type { Origin } from "countersign";
import Database from "libsql";
import type { NoticeRow, PostRow, ThreadRow } from "./shapes.js";

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS threads (id TEXT PRIMARY KEY, title TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS posts (id TEXT PRIMARY KEY, thread TEXT NOT NULL REFERENCES threads(id), author TEXT NOT NULL, on_behalf_of TEXT,
    at TEXT NOT NULL, body TEXT NOT NULL, origin TEXT, flagged INTEGER NOT NULL, cleared INTEGER NOT NULL, terms TEXT, actor TEXT);
  CREATE INDEX IF NOT EXISTS posts_by_thread ON posts (thread, at);
  CREATE TABLE IF NOT EXISTS notices (id INTEGER PRIMARY KEY, person TEXT NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL, message TEXT NOT NULL);
`;

/** Columns that databases made before them lack. */
const LATER = ["terms", "actor"];

type RawPost = {
  id: string;
  thread: string;
  author: string;
  on_behalf_of: string | null;
  at: string;
  body: string;
  origin: string | null;
  terms: string | null;
  actor: PostRow["actor"] | null;
  flagged: number;
  cleared: number;
};

const postOf = ({ on_behalf_of, origin, terms, actor, flagged, cleared, ...rest }: RawPost): PostRow => ({
  ...rest,
  onBehalfOf: on_behalf_of,
  origin: origin === null ? null : (JSON.parse(origin) as Origin),
  terms: terms === null ? null : (JSON.parse(terms) as PostRow["terms"]),
  actor: actor ?? "Person",
  flagged: flagged === 1,
  cleared: cleared === 1,
});

const escapeLike = (text: string) => text.replace(/[\\%_]/gu, (mark) => `\\${mark}`);

/** The forum's database. */
export class ForumStore {
  readonly #database: Database.Database;

  /** Opens or makes the file at `path`. */
  constructor(path: string) {
    this.#database = new Database(path);
    this.#database.exec("PRAGMA busy_timeout = 2000");
    this.#database.exec("PRAGMA journal_mode = WAL");
    this.#database.exec(SCHEMA);
    const columns = this.#all<{ name: string }>("PRAGMA table_info(posts)").map(({ name }) => name);
    for (const name of LATER) if (!columns.includes(name)) this.#database.exec(`ALTER TABLE posts ADD COLUMN ${name} TEXT`);
  }

  #all<Row>(sql: string, ...values: unknown[]): Row[] {
    return this.#database.prepare(sql).all(...values) as Row[];
  }

  /** Threads, the most recently answered first. */
  threads(): ThreadRow[] {
    return this.#all(`SELECT t.id, t.title, t.author, t.at, COUNT(p.id) AS posts, COALESCE(MAX(p.at), t.at) AS lastAt
      FROM threads t JOIN posts p ON p.thread = t.id GROUP BY t.id ORDER BY lastAt DESC LIMIT 100`);
  }

  /** One thread's own row. */
  thread(id: string): Pick<ThreadRow, "id" | "title" | "author" | "at"> | undefined {
    return this.#all<ThreadRow>("SELECT id, title, author, at FROM threads WHERE id = ?", id)[0];
  }

  /** The visible posts of a thread, oldest first. */
  posts(thread: string): PostRow[] {
    return this.#all<RawPost>("SELECT * FROM posts WHERE thread = ? ORDER BY at, rowid", thread).map(postOf);
  }

  /** One visible post. */
  post(id: string): PostRow | undefined {
    return this.#all<RawPost>("SELECT * FROM posts WHERE id = ?", id).map(postOf)[0];
  }

  /** The newest visible posts, for the feed. */
  newest(limit: number): PostRow[] {
    return this.#all<RawPost>("SELECT * FROM posts ORDER BY at DESC, rowid DESC LIMIT ?", limit).map(postOf);
  }

  /** Visible posts whose text or thread title contains `words`. */
  search(words: string): PostRow[] {
    const pattern = `%${escapeLike(words)}%`;
    const sql = `SELECT p.* FROM posts p JOIN threads t ON t.id = p.thread
      WHERE p.body LIKE ? ESCAPE '\\' OR t.title LIKE ? ESCAPE '\\' ORDER BY p.at DESC LIMIT 50`;
    return this.#all<RawPost>(sql, pattern, pattern).map(postOf);
  }

  /** Makes the thread, unless it is there. */
  addThread(thread: { id: string; title: string; author: string; at: string }): void {
    const sql = "INSERT INTO threads (id, title, author, at) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING";
    this.#database.prepare(sql).run(thread.id, thread.title, thread.author, thread.at);
  }

  /** Makes a post visible. Doing it twice changes nothing but `cleared`. */
  addPost(post: PostRow): void {
    const sql = `INSERT INTO posts (id, thread, author, on_behalf_of, at, body, origin, terms, actor, flagged, cleared)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET cleared = MAX(posts.cleared, excluded.cleared)`;
    const [origin, terms] = [post.origin, post.terms].map((value) => (value === null ? null : JSON.stringify(value)));
    const values = [post.id, post.thread, post.author, post.onBehalfOf, post.at, post.body, origin, terms, post.actor];
    this.#database.prepare(sql).run(...values, post.flagged ? 1 : 0, post.cleared ? 1 : 0);
  }

  /** Takes a post down. */
  removePost(id: string): void {
    this.#database.prepare("DELETE FROM posts WHERE id = ?").run(id);
  }

  /** Keeps a word for `person`. */
  addNotice(person: string, notice: Omit<NoticeRow, "id">): void {
    this.#database
      .prepare("INSERT INTO notices (person, at, kind, message) VALUES (?, ?, ?, ?)")
      .run(person, notice.at, notice.kind, notice.message);
  }

  /** The newest words for `person`. */
  notices(person: string): NoticeRow[] {
    return this.#all("SELECT id, at, kind, message FROM notices WHERE person = ? ORDER BY id DESC LIMIT 50", person);
  }

  close(): void {
    this.#database.close();
  }
}
