import Foundation

/// An open file, used by position only and so from any number of threads; closed with its last reference.
final class FileDescriptor: Sendable {
  let path: String
  private let raw: CInt

  /// - Parameter action: what an error says could not be done: "create", "open".
  init(_ path: String, flags: CInt, action: String) throws {
    let opened = retrying { open(path, flags | O_CLOEXEC, 0o666) }
    if opened < 0 { throw ScanStoreError.system("open", code: errno, action: action, path: path) }
    self.path = path
    raw = opened
  }

  deinit { close(raw) }

  /// The size of the file in bytes. A directory is an error.
  func size() throws -> Int {
    var status = stat()
    if fstat(raw, &status) != 0 { throw ScanStoreError.system("fstat", code: errno, action: "read", path: path) }
    if status.st_mode & S_IFMT == S_IFDIR {
      throw ScanStoreError.system("open", code: EISDIR, action: "read", path: path)
    }
    return Int(status.st_size)
  }

  /// Writes all the bytes at that place, however many calls it takes.
  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
    // Both Linux and macOS refuse more than 2 GiB at a time.
    let most = 1 << 30
    var done = 0
    while done < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[done..<min(bytes.count, done + most)])
      let written = retrying { pwrite(raw, rest.baseAddress, rest.count, off_t(offset + done)) }
      if written <= 0 {
        throw ScanStoreError.system("pwrite", code: written < 0 ? errno : EIO, action: "write", path: path)
      }
      done += written
    }
  }

  /// Waits until everything written is on the disk.
  func sync() throws {
    if retrying({ fsync(raw) }) != 0 {
      throw ScanStoreError.system("fsync", code: errno, action: "write", path: path)
    }
  }

  /// Takes the blocks of the first `byteCount` bytes from the file system now, so that a write into them cannot fail
  /// for want of space. Where the file system does not know how, this does nothing.
  func reserve(byteCount: Int) throws {
    #if canImport(Darwin)
      var request = fstore_t(
        fst_flags: UInt32(F_ALLOCATEALL), fst_posmode: F_PEOFPOSMODE, fst_offset: 0, fst_length: off_t(byteCount),
        fst_bytesalloc: 0)
      let code = retrying { fcntl(raw, F_PREALLOCATE, &request) } == 0 ? 0 : errno
    #else
      var code: CInt
      repeat { code = posix_fallocate(raw, 0, off_t(byteCount)) } while code == EINTR
    #endif
    if code == 0 || code == EOPNOTSUPP || code == EINVAL || code == ENOTSUP { return }
    throw ScanStoreError.system("posix_fallocate", code: code, action: "reserve space for", path: path)
  }
}

/// Makes a rename in the directory of `path` survive a power failure. File systems that cannot are left alone.
func syncDirectory(of path: String) throws {
  let parent = (path as NSString).deletingLastPathComponent
  let directory = try FileDescriptor(parent.isEmpty ? "." : parent, flags: O_RDONLY, action: "open")
  do {
    try directory.sync()
  } catch let error as ScanStoreError where error.kind == .system {
    return
  }
}

/// Repeats a call for as long as signals interrupt it.
private func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    if result >= 0 || errno != EINTR { return result }
  }
}
