//! Tells how broad the address ranges in a value are.
//!
//! Values come as `0.0.0.0/0`, as `IpRanges=[{CidrIp=0.0.0.0/0}]`, as JSON: whatever looks like an address with a prefix
//! length counts (RFC 4632, RFC 4291).

/// A prefix this long or shorter covers a sixteen-millionth of IPv4 or more: no office and no cloud region is as large.
const WIDE_IPV4: u8 = 8;
/// The same for IPv6, where 2000::/3 is all of the public internet.
const WIDE_IPV6: u8 = 16;

/// Whether `text` names every address.
pub(super) fn names_all(text: &str) -> bool {
    text.contains("0.0.0.0-255.255.255.255") || ranges(text).any(|(_, length)| length == 0)
}

/// Whether `text` names all addresses or a range that is nearly that.
pub(super) fn names_wide(text: &str) -> bool {
    names_all(text) || ranges(text).any(|(v6, length)| length <= if v6 { WIDE_IPV6 } else { WIDE_IPV4 })
}

/// The ranges in `text`: whether IPv6, and the length of the prefix in bits.
fn ranges(text: &str) -> impl Iterator<Item = (bool, u8)> {
    let pieces = text.split(|at: char| !(at.is_ascii_hexdigit() || matches!(at, '.' | ':' | '/')));
    pieces.filter_map(|piece| {
        let (address, length) = piece.split_once('/')?;
        let address = address.trim_start_matches(|at: char| at.is_ascii_alphabetic());
        let v6 = address.contains("::");
        let v4 = address.bytes().filter(|byte| *byte == b'.').count() == 3;
        if v6 || v4 { Some((v6, length.parse().ok()?)) } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::{names_all, names_wide};

    #[test]
    fn all_addresses_are_found_inside_other_text() {
        assert!(names_all("0.0.0.0/0"));
        assert!(names_all("IpProtocol=tcp,IpRanges=[{CidrIp=0.0.0.0/0}]"));
        assert!(names_all("[{\"CidrIpv6\": \"::/0\"}]"));
    }

    #[test]
    fn wide_ranges_are_told_from_narrow_ones() {
        assert!(names_wide("11.0.0.0/8"));
        assert!(names_wide("2000::/3"));
        for narrow in ["10.2.0.0/16", "203.0.113.9/32", "2001:db8::/32", "a/b", "/0", "1/0", ""] {
            assert!(!names_wide(narrow), "{narrow}");
        }
    }
}
