/// What an attribute holds: a text, or numbers of one stored type.
public enum AttributeValue: Sendable, Hashable {
  case text(String)
  case numbers(StoredArray)

  public static func numbers<Element: StoredElement>(_ values: [Element]) -> AttributeValue {
    .numbers(StoredArray(values))
  }

  /// The text, or nil where the attribute holds numbers.
  public var text: String? {
    guard case .text(let text) = self else { return nil }
    return text
  }

  /// The numbers, or nil where the attribute holds a text or another type of number.
  public func values<Element: StoredElement>(as element: Element.Type = Element.self) -> [Element]? {
    guard case .numbers(let array) = self else { return nil }
    return array.values()
  }
}

extension AttributeValue: ExpressibleByStringInterpolation, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  public init(stringLiteral text: String) { self = .text(text) }
  public init(floatLiteral number: Double) { self = .numbers([number]) }
  /// A 32-bit integer, as netCDF writes it; other types through ``numbers(_:)``.
  public init(integerLiteral number: Int32) { self = .numbers([number]) }
}

/// Named values of a variable or of the file, in the order in which they were added.
///
/// ```swift
/// let attributes: Attributes = ["units": "GeV", "valid_min": 0.106, "flag_values": .numbers([0, 1, 2] as [UInt8])]
/// ```
public struct Attributes: Sendable, Hashable, ExpressibleByDictionaryLiteral, RandomAccessCollection {
  public struct Entry: Sendable, Hashable {
    public let name: String
    public let value: AttributeValue
  }

  private var entries: [Entry] = []

  public init() {}

  /// Of entries with the same name the last one counts.
  public init(dictionaryLiteral elements: (String, AttributeValue)...) {
    for (name, value) in elements { self[name] = value }
  }

  public var startIndex: Int { entries.startIndex }
  public var endIndex: Int { entries.endIndex }
  public subscript(position: Int) -> Entry { entries[position] }

  /// The value of that name; setting an unknown name appends it, setting nil removes it.
  public subscript(name: String) -> AttributeValue? {
    get { entries.first { $0.name == name }?.value }
    set {
      let known = entries.firstIndex { $0.name == name }
      switch (known, newValue) {
      case (let index?, let value?): entries[index] = Entry(name: name, value: value)
      case (let index?, nil): entries.remove(at: index)
      case (nil, let value?): entries.append(Entry(name: name, value: value))
      case (nil, nil): break
      }
    }
  }
}
