/// How the elements of a variable are stored, in the byte order of this machine.
public enum StoredType: String, Sendable, Hashable, CaseIterable {
  case float64, float32, uint8, int32, uint32, int64, uint64

  /// Bytes per element.
  public var size: Int {
    switch self {
    case .uint8: 1
    case .float32, .int32, .uint32: 4
    case .float64, .int64, .uint64: 8
    }
  }

  /// Whether NaN can mark a missing value.
  public var isFloatingPoint: Bool { self == .float64 || self == .float32 }
}

/// A Swift number that can be stored as it is.
public protocol StoredElement: Numeric, BitwiseCopyable, Sendable {
  static var storedType: StoredType { get }
}

extension Double: StoredElement { public static var storedType: StoredType { .float64 } }
extension Float: StoredElement { public static var storedType: StoredType { .float32 } }
extension UInt8: StoredElement { public static var storedType: StoredType { .uint8 } }
extension Int32: StoredElement { public static var storedType: StoredType { .int32 } }
extension UInt32: StoredElement { public static var storedType: StoredType { .uint32 } }
extension Int64: StoredElement { public static var storedType: StoredType { .int64 } }
extension UInt64: StoredElement { public static var storedType: StoredType { .uint64 } }

/// Numbers of one stored type: the values of a small variable or of an attribute.
///
/// Two arrays are equal where their bytes are, so NaN equals itself.
public struct StoredArray: Sendable, Hashable {
  public let type: StoredType
  let bytes: [UInt8]

  public var count: Int { bytes.count / type.size }

  public init<Element: StoredElement>(_ values: [Element]) {
    type = Element.storedType
    bytes = values.withUnsafeBytes { [UInt8]($0) }
  }

  init(type: StoredType, bytes: [UInt8]) {
    self.type = type
    self.bytes = bytes
  }

  /// One NaN of a floating-point type; nil for integers.
  static func nan(_ type: StoredType) -> StoredArray? {
    switch type {
    case .float64: StoredArray([Double.nan])
    case .float32: StoredArray([Float.nan])
    default: nil
    }
  }

  /// What stands for a number that is not there: NaN, and of whole numbers what netCDF fills in, which is no code and no set of
  /// bits that leptoscan writes.
  static func missing(_ type: StoredType) -> StoredArray {
    switch type {
    case .float64: StoredArray([Double.nan])
    case .float32: StoredArray([Float.nan])
    case .uint8: StoredArray([UInt8.max])
    case .int32: StoredArray([-Int32.max])
    case .uint32: StoredArray([UInt32.max])
    case .int64: StoredArray([-(Int64.max - 1)])
    case .uint64: StoredArray([UInt64.max - 1])
    }
  }

  /// The numbers, converted.
  public var doubles: [Double] {
    switch type {
    case .float64: (values() as [Double]?) ?? []
    case .float32: converted(Float.self) { Double($0) }
    case .uint8: converted(UInt8.self) { Double($0) }
    case .int32: converted(Int32.self) { Double($0) }
    case .uint32: converted(UInt32.self) { Double($0) }
    case .int64: converted(Int64.self) { Double($0) }
    case .uint64: converted(UInt64.self) { Double($0) }
    }
  }

  private func converted<Element: StoredElement>(_ type: Element.Type, _ convert: (Element) -> Double) -> [Double] {
    (values(as: type) ?? []).map(convert)
  }

  /// The numbers, or nil where they are stored in another type.
  public func values<Element: StoredElement>(as element: Element.Type = Element.self) -> [Element]? {
    guard Element.storedType == type else { return nil }
    return bytes.withUnsafeBytes { raw in
      (0..<count).map { raw.loadUnaligned(fromByteOffset: $0 * type.size, as: Element.self) }
    }
  }
}
