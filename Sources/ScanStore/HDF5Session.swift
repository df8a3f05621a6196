import CHDF5
import Foundation
import Synchronization

/// A stretch of work with libhdf5 on one file. Debian's libhdf5 is not thread-safe, so there is one at a time in the
/// whole process; having a session means having the library.
struct HDF5Session: ~Copyable {
  /// What is being done, as in "cannot `open` the file".
  let action: String
  let path: String

  private static let lock = Mutex(())
  /// Everything is closed when its scope ends. What could not be closed (a full disk), libhdf5 would try once more when
  /// the process exits, and crash.
  private static let closesNothingAtExit: Void = { _ = H5dont_atexit() }()

  private init(action: String, path: String) {
    self.action = action
    self.path = path
  }

  static func run<Result: Sendable>(
    _ action: String, _ path: String, _ body: (borrowing HDF5Session) throws -> Result
  ) throws -> Result {
    try lock.withLock { _ in
      closesNothingAtExit
      // Errors are thrown, not printed. The setting is per thread where the library is thread-safe.
      H5Eset_auto2(chdf5_default_error_stack, nil, nil)
      return try body(HDF5Session(action: action, path: path))
    }
  }

  /// Throws where a call returned a negative status, and returns the status.
  @discardableResult
  func check<Status: SignedInteger>(_ call: String, _ status: Status) throws -> Status {
    if status < 0 { throw failure(call) }
    return status
  }

  /// Owns the object that a call returned; throws where there is none.
  func own(_ call: String, _ kind: HDF5Handle.Kind, _ id: hid_t) throws -> HDF5Handle {
    try HDF5Handle(kind, check(call, id))
  }

  /// The error for a call that just failed, with the library's own reason.
  func failure(_ call: String) -> ScanStoreError {
    .library(call, message: innermostMessage() ?? "no reason given", action: action, path: path)
  }

  /// The description in the deepest entry of the error stack: what went wrong, not who noticed.
  private func innermostMessage() -> String? {
    var message: String?
    withUnsafeMutablePointer(to: &message) { destination in
      let keepFirst: H5E_walk2_t = { _, entry, destination in
        if let text = entry?.pointee.desc {
          destination?.assumingMemoryBound(to: String?.self).pointee = String(cString: text)
        }
        return 1
      }
      _ = H5Ewalk2(chdf5_default_error_stack, H5E_WALK_UPWARD, keepFirst, destination)
    }
    return message
  }
}

/// An open object of libhdf5, closed at the end of its scope.
struct HDF5Handle: ~Copyable {
  /// Named by the function that closes it.
  enum Kind: String {
    case file = "H5Fclose"
    case object = "H5Oclose"
    case dataspace = "H5Sclose"
    case datatype = "H5Tclose"
    case attribute = "H5Aclose"
    case propertyList = "H5Pclose"
  }

  let id: hid_t
  private let kind: Kind

  fileprivate init(_ kind: Kind, _ id: hid_t) {
    self.kind = kind
    self.id = id
  }

  deinit { _ = Self.close(kind, id) }

  /// Closes now, for those objects whose closing can fail in a way that matters.
  consuming func close(in session: borrowing HDF5Session) throws {
    let (kind, status) = (kind, Self.close(kind, id))
    discard self
    try session.check(kind.rawValue, status)
  }

  private static func close(_ kind: Kind, _ id: hid_t) -> herr_t {
    switch kind {
    case .file:
      unlock(id)
      return H5Fclose(id)
    case .object: return H5Oclose(id)
    case .dataspace: return H5Sclose(id)
    case .datatype: return H5Tclose(id)
    case .attribute: return H5Aclose(id)
    case .propertyList: return H5Pclose(id)
    }
  }

  /// Gives back libhdf5's lock on a file, which closing alone leaves to a process that another thread is just starting
  /// (see ``FileDescriptor``).
  private static func unlock(_ file: hid_t) {
    var handle: UnsafeMutableRawPointer?
    guard H5Fget_vfd_handle(file, chdf5_default, &handle) >= 0, let handle else { return }
    _ = flock(handle.load(as: CInt.self), LOCK_UN)
  }
}
