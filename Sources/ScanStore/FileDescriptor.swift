import Foundation

/// Both Linux and macOS refuse to read or write more than 2 GiB at a time.
private let mostBytesPerCall = 1 << 30

/// An open file, used by position only and so from any number of threads; closed with its last reference.
final class FileDescriptor: Sendable {
  let path: String
  private let raw: CInt

  /// Opens a file or a folder. A pipe or a device is an error, also one that would block.
  ///
  /// - Parameters:
  ///   - flags: with `O_NOFOLLOW` for files that leptoscan makes for itself: a symbolic link at their place is not ours.
  ///   - action: what an error says could not be done: "create", "open".
  init(_ path: String, flags: CInt, action: String) throws {
    let opened = retrying { open(path, flags | O_CLOEXEC | O_NONBLOCK, 0o666) }
    if opened < 0 {
      let code = errno
      if code == ELOOP, flags & O_NOFOLLOW != 0 { throw ScanStoreError.notOurs(path, "is a symbolic link", action) }
      if code == ENXIO { throw ScanStoreError.notAFile(path, action: action) }
      throw ScanStoreError.system("open", code: code, action: action, path: path, isNew: flags & O_CREAT != 0)
    }
    self.path = path
    raw = opened
    var status = stat()
    if fstat(raw, &status) == 0, ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) {
      throw flags & O_NOFOLLOW == 0
        ? ScanStoreError.notAFile(path, action: action)
        : ScanStoreError.notOurs(path, "is a device or a pipe", action)
    }
  }

  /// A lock is given back in so many words: where another thread is starting a process, the child shares the open file,
  /// and with it the lock, until it calls exec, which closing alone would not end.
  deinit {
    unlock()
    close(raw)
  }

  /// Gives back a lock, if there is one.
  func unlock() { _ = flock(raw, LOCK_UN) }

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
    var done = 0
    while done < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[done..<min(bytes.count, done + mostBytesPerCall)])
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

  /// Waits until everything written is on the disk, the time of the last change aside.
  func syncData() throws {
    #if canImport(Darwin)
      try sync()
    #else
      if retrying({ fdatasync(raw) }) != 0 {
        throw ScanStoreError.system("fdatasync", code: errno, action: "write", path: path)
      }
    #endif
  }

  /// Fills the buffer from that place on. The file must reach so far.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws {
    var done = 0
    while done < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done..<min(buffer.count, done + mostBytesPerCall)])
      let count = retrying { pread(raw, rest.baseAddress, rest.count, off_t(offset + done)) }
      if count <= 0 {
        throw ScanStoreError.system("pread", code: count < 0 ? errno : EIO, action: "read", path: path)
      }
      done += count
    }
  }

  /// `count` bytes, the first ones by default.
  func read(_ count: Int, at offset: Int = 0) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    try bytes.withUnsafeMutableBytes { try read(into: $0, at: offset) }
    return bytes
  }

  func truncate(to length: Int) throws {
    if retrying({ ftruncate(raw, off_t(length)) }) != 0 {
      throw ScanStoreError.system("ftruncate", code: errno, action: "write", path: path)
    }
  }

  /// What came of asking for a lock.
  enum Locking { case taken, takenByAnother, unknownToTheFileSystem }

  /// Takes the file for this process until it is closed, waiting for another one that has it.
  func lock(patience: Duration) throws -> Locking {
    let deadline = ContinuousClock.now + patience
    while retrying({ flock(raw, LOCK_EX | LOCK_NB) }) != 0 {
      switch errno {
      case EWOULDBLOCK: break
      case ENOLCK, ENOTSUP, EOPNOTSUPP, ENOSYS, EINVAL: return .unknownToTheFileSystem
      default: throw ScanStoreError.system("flock", code: errno, action: "lock", path: path)
      }
      if ContinuousClock.now >= deadline { return .takenByAnother }
      usleep(20_000)
    }
    return .taken
  }

  /// Whether the name leads to this file itself.
  func isStill(at path: String) -> Bool {
    var (own, named) = (stat(), stat())
    return fstat(raw, &own) == 0 && lstat(path, &named) == 0 && own.st_ino == named.st_ino
      && own.st_dev == named.st_dev
  }

  /// Whether the file has one name at most, so that what is written into it changes no other.
  func hasOneName() -> Bool {
    var status = stat()
    return fstat(raw, &status) == 0 && status.st_nlink <= 1
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
  let directory = try FileDescriptor(parentFolder(of: path), flags: O_RDONLY, action: "open")
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
