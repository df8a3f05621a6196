import Foundation
import LeptonicPortal
import ScanStore

extension RunCard {
  /// Reads the list of points that the card names, if it names one. The card then has the number of points and the
  /// checksum, so that its resolved text stands for these points and no others.
  ///
  /// - Parameter path: the card's; the list's is relative to its folder.
  /// - Throws: ``PointListError`` for a bad list, and for one that has another number of points or another checksum than
  ///   the card says; errors of HDF5 files.
  public mutating func readList(besideCard path: String) throws -> PointList? {
    guard case .listed(var named) = points else { return nil }
    guard let file = listPath(besideCard: path) else { return nil }
    let bytes = try PointList.bytes(of: file)
    let sum = SHA256.hexadecimal(of: bytes)
    if let wanted = named.sha256, wanted != sum {
      throw PointListError.otherList(
        file: file, message: "the list has changed (its sha256 is \(sum), not \(wanted)) correct the card or the list")
    }
    let list = try PointList(bytes, file: file, darkMatter, keepsOthers: false)
    if let wanted = named.count, wanted != list.count {
      throw PointListError.otherList(
        file: file, message: "\(list.count) points are listed (the card says \(wanted)) correct count or remove it")
    }
    named.count = list.count
    named.sha256 = sum
    points = .listed(named)
    return list
  }

  /// Where the list lies that the card names, which is relative to the card's folder; nil for other points.
  public func listPath(besideCard path: String) -> String? {
    guard case .listed(let named) = points else { return nil }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    return URL(fileURLWithPath: named.file, relativeTo: folder).path
  }
}

extension PointList {
  /// Reads points from a CSV or HDF5 file, whichever it is.
  /// - Parameters:
  ///   - darkMatter: decides whether g has a unit.
  ///   - keepsOthers: whether columns of a CSV file that are no parameters are kept.
  /// - Throws: ``PointListError``, errors of HDF5 files.
  public init(contentsOf path: String, darkMatter: DarkMatter = .fermion, keepsOthers: Bool = false) throws {
    try self.init(PointList.bytes(of: path), file: path, darkMatter, keepsOthers: keepsOthers)
  }

  fileprivate init(_ bytes: Data, file: String, _ darkMatter: DarkMatter, keepsOthers: Bool) throws {
    if bytes.starts(with: [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]) {
      try self.init(hdf5: file, darkMatter: darkMatter)
    } else {
      try self.init(csv: bytes, file: file, darkMatter, keepsOthers: keepsOthers)
    }
  }

  /// The bytes of a file, mapped rather than read where that is possible.
  static func bytes(of path: String) throws -> Data {
    // The system says plainly what Foundation would only paraphrase.
    if access(path, R_OK) != 0 { throw PointListError.unreadable(file: path, reason: String(cString: strerror(errno))) }
    if isDevice(path) { throw PointListError.unreadable(file: path, reason: "it is a device, which may have no end") }
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw PointListError.unreadable(file: path, reason: String(cString: strerror(EISDIR)))
    }
    do {
      return try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    } catch {
      throw PointListError.unreadable(file: path, reason: error.localizedDescription)
    }
  }

  private static func isDevice(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && [S_IFCHR, S_IFBLK].contains(status.st_mode & S_IFMT)
  }

  /// Bytes that the list takes in memory.
  public var byteCount: Int {
    count * MemoryLayout<Double>.size * (columns.count - (isDegenerate ? 1 : 0))
  }
}
