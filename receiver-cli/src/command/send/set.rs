//! `--set`: a member of a JSON body, changed before it is signed.

use std::str::FromStr;

use serde_json::{Map, Value};

/// A member and its value.
#[derive(Clone)]
pub(super) struct Set {
    path: String,
    value: Value,
}

impl FromStr for Set {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (path, value) = text.split_once('=').ok_or("it is written MEMBER=VALUE")?;
        if path.split('.').any(str::is_empty) {
            return Err("a member has no name");
        }
        let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value));
        Ok(Self { path: path.to_owned(), value })
    }
}

impl Set {
    /// Puts it there. Objects that are missing on the way are made; elements of arrays are not.
    pub(super) fn put(&self, root: &mut Value) -> Result<(), String> {
        let mut at = root;
        for name in self.path.split('.') {
            if at.is_null() {
                *at = Value::Object(Map::new());
            }
            let next = match at {
                Value::Object(members) => Some(members.entry(name).or_insert(Value::Null)),
                Value::Array(all) => name.parse::<usize>().ok().and_then(|it| all.get_mut(it)),
                _ => None,
            };
            at = next.ok_or_else(|| format!("{} cannot be set: {name} is nowhere", self.path))?;
        }
        *at = self.value.clone();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Set;

    fn put(set: &str) -> Option<Value> {
        let mut body = json!({"a": {"b": 1}, "c": [1, {"d": null}], "e": "text"});
        let put = set.parse::<Set>().expect("a member and a value").put(&mut body);
        put.is_ok().then_some(body)
    }

    #[test]
    fn a_member_is_set_and_what_is_missing_on_the_way_is_made() {
        let c = json!([1, {"d": null}]);
        assert_eq!(put("a.b=2"), Some(json!({"a": {"b": 2}, "c": c, "e": "text"})));
        let made = json!({"b": 1, "x": {"y": "z=1"}});
        assert_eq!(put("a.x.y=z=1"), Some(json!({"a": made, "c": c, "e": "text"})));
        let set = json!([1, {"d": []}]);
        assert_eq!(put("c.1.d=[]"), Some(json!({"a": {"b": 1}, "c": set, "e": "text"})));
        assert_eq!(put("e=\"17\""), Some(json!({"a": {"b": 1}, "c": c, "e": "17"})));
        for nowhere in ["c.2=1", "c.x=1", "e.x=1"] {
            assert_eq!(put(nowhere), None, "{nowhere}");
        }
    }

    #[test]
    fn what_is_no_member_and_value_is_refused() {
        for text in ["a", "=1", "a..b=1"] {
            assert!(text.parse::<Set>().is_err(), "{text}");
        }
    }
}
