//! Refuses what parses but cannot be meant, naming the line.

use super::{
    PolicyError,
    file::{Agent, Allowed, Author, AuthorRules, File, Setting},
    identity, parse_time,
};
use std::ops::Range;
use toml::Spanned;

/// The most posts a cap can allow; the host says no more of an agent's recent posts.
const LARGEST_CAP: u16 = 1000;

type Place = Range<usize>;
type Checked = Result<(), (Place, String)>;

/// Checks `file`, which was read from `source`.
pub(super) fn check(file: &File, source: &str) -> Result<(), PolicyError> {
    checked(file).map_err(|(place, message)| PolicyError::at(&place, source, &message))
}

fn checked(file: &File) -> Checked {
    strictness("strictness", &file.strictness)?;
    strictness("trial_strictness", &file.trial_strictness)?;
    for (key, setting) in [("posts_per_hour", &file.rate.posts_per_hour), ("posts_per_day", &file.rate.posts_per_day)] {
        setting.iter().try_for_each(|setting| cap(key, *setting.get_ref(), setting.span()))?;
    }
    Author::ALL.iter().try_for_each(|author| asked_for(*author, file.author(*author)))?;
    for category in file.categories.values() {
        Author::ALL.iter().try_for_each(|author| asked_for(*author, category.author(*author)))?;
    }
    for entry in &file.agents {
        agent(entry.get_ref(), &entry.span())?;
    }
    file.allow.iter().try_for_each(|entry| allowed(entry.get_ref(), entry))
}

fn strictness(key: &str, setting: &Setting<u8>) -> Checked {
    match setting.as_ref().filter(|setting| !(1..=4).contains(setting.get_ref())) {
        Some(wrong) => Err((wrong.span(), format!("`{key}` is `{}`: choose 1, 2, 3 or 4", wrong.get_ref()))),
        None => Ok(()),
    }
}

/// Nobody but an agent has to be asked for, so the key would do nothing elsewhere.
fn asked_for(author: Author, rules: &AuthorRules) -> Checked {
    match &rules.unrequested {
        Some(wrong) if author != Author::Agent => {
            Err((wrong.span(), format!("`unrequested` belongs to `agent`, not to `{}`: nobody else has to be asked", author.table())))
        }
        _ => Ok(()),
    }
}

fn cap(key: &str, posts: u16, place: Place) -> Checked {
    if (1..=LARGEST_CAP).contains(&posts) {
        return Ok(());
    }
    Err((place, format!("`{key}` is `{posts}`: choose 1 to {LARGEST_CAP}; `paused = true` stops an agent")))
}

fn agent(agent: &Agent, place: &Place) -> Checked {
    for (key, posts) in [("posts_per_hour", agent.posts_per_hour), ("posts_per_day", agent.posts_per_day)] {
        posts.into_iter().try_for_each(|posts| cap(key, posts, place.clone()))?;
    }
    identity::mistake(agent).map_or(Ok(()), |mistake| Err((place.clone(), format!("agent `{}`: {mistake}", agent.id))))
}

fn allowed(entry: &Allowed, whole: &Spanned<Allowed>) -> Checked {
    let blank = |text: &Option<String>| text.as_ref().is_none_or(|text| text.trim().is_empty());
    let scope = [&entry.category, &entry.thread, &entry.author];
    let complaint = if blank(&entry.rule) == blank(&entry.fingerprint) {
        "name either a `rule` or a `fingerprint`".to_owned()
    } else if scope.iter().all(|key| blank(key)) {
        "say where it is fine: a `category` (`\"*\"` for all), a `thread` or an `author`".to_owned()
    } else if entry.reason.trim().is_empty() {
        "say in `reason` why this is fine".to_owned()
    } else if entry.expires.is_empty() {
        "say in `expires` until when, like `2027-01-31T00:00:00Z`".to_owned()
    } else if parse_time(&entry.expires).is_none() {
        format!("`{}` is no time: write `expires` like `2027-01-31T00:00:00Z`", entry.expires)
    } else {
        return Ok(());
    };
    Err((whole.span(), format!("allow entry: {complaint}")))
}
