/// A value that may hold a secret and therefore shows nothing but its `description`.
///
/// Bot tokens stand in paths, passwords in proxy addresses and keys in headers. Values of these types end in log
/// lines, in test output and inside other values, so their debug text and their mirror show no more than
/// `description` does, whoever prints them and however deep they lie.
public protocol Discreet: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension Discreet {
    /// The same text as `description`.
    public var debugDescription: String { description }

    /// A mirror without children, so that `dump` and test failures do not walk into the value.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
