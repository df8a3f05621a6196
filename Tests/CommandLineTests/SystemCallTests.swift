import Foundation
import Testing

/// What leptoscan asks of the operating system, seen by a library that is loaded before libc.
@Suite struct SystemCallTests {
  let leptoscan: Leptoscan

  init() throws {
    leptoscan = try Leptoscan()
    try leptoscan.write(
      """
      leptoscan: 1
      axes: { m_phi: { from: 110 MeV, to: 10 GeV, points: 7 }, h_mue: 1e-3, m_psi: 0.1, g: { values: [0.1, 1] } }
      observables: [delta_a_mu, br_invisible]

      """, to: "card.yaml")
  }

  /// Compiles a library; nil where there is no compiler or no way to load it.
  private func library(_ source: String) throws -> String? {
    #if os(Linux)
      try leptoscan.write(source, to: "calls.c")
      let compiled = try leptoscan.shell(
        "for cc in clang gcc cc; do $cc -shared -fPIC -o calls.so calls.c -ldl && exit 0; done; exit 1")
      if compiled.exitCode == 0 { return leptoscan.folder.appendingPathComponent("calls.so").path }
      print("not checked: \(compiled.errors)")
    #endif
    return nil
  }

  /// A checkpoint records only what is on the disk: before every record of the journal the data are synced, and the journal
  /// after it.
  @Test func recordsFollowTheirData() throws {
    defer { leptoscan.cleanUp() }
    guard let library = try library(SystemCallTests.log) else { return }
    let log = leptoscan.folder.appendingPathComponent("log").path
    let scan = try leptoscan.run(
      ["scan", "card.yaml", "-o", "out.h5", "--device", "native"], environment: ["LD_PRELOAD": library, "CALLS": log])
    #expect(scan.exitCode == 0, "\(scan.errors)")
    let calls = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map(String.init)
    let (record, synced) = ("write out.h5.part.journal", "sync out.h5.part.journal")
    let places = calls.indices.filter { calls[$0] == record }
    // The header, and at least the points of the end.
    #expect(places.count >= 2, "\(calls)")
    for (place, next) in zip(places, places.dropFirst() + [calls.count]) {
      #expect(calls[place..<next].contains(synced), "\(calls)")
    }
    for (last, place) in zip(places, places.dropFirst()) {
      #expect(calls[last..<place].contains("sync out.h5.part"), "\(calls)")
    }
    let renamed = try #require(calls.lastIndex(of: "rename out.h5.part"), "\(calls)")
    let written = try #require(calls[..<renamed].lastIndex(of: "write out.h5.part"), "\(calls)")
    #expect(calls[written..<renamed].contains("sync out.h5.part"), "\(calls)")
  }

  /// Files systems without locks, and those whose locks fail: never a hang, never a file in the way.
  @Test func fileSystemsWithoutLocks() throws {
    defer { leptoscan.cleanUp() }
    guard let library = try library(SystemCallTests.noLocks) else { return }
    _ = try leptoscan.run(["scan", "card.yaml", "-o", "scan.h5"])
    let commands = [
      (["scan", "card.yaml"], "o.h5"), (["limits", "card.yaml"], "l.h5"), (["repack", "scan.h5"], "r.h5"),
      (["export", "scan.h5"], "e.csv"),
    ]
    for code in [ENOLCK, EOPNOTSUPP, EINVAL, ENOSYS] {
      let environment = ["LD_PRELOAD": library, "LOCK_ERRNO": "\(code)"]
      for (command, output) in commands {
        let outcome = try leptoscan.run(command + ["-o", output], environment: environment)
        // libhdf5 takes a missing call for a file system without locks, and any other failure for an error.
        if code != ENOSYS {
          #expect(outcome.exitCode == 74 && outcome.errors.contains("HDF5_USE_FILE_LOCKING=FALSE"), "\(outcome)")
          #expect(!leptoscan.exists(output))
        }
        let free = environment.merging(["HDF5_USE_FILE_LOCKING": "FALSE"]) { $1 }
        let unlocked = try leptoscan.run(command + ["-o", output, "--force"], environment: free)
        #expect(unlocked.exitCode == 0 && leptoscan.exists(output), "\(unlocked)")
        for ending in [".part", ".part.new", ".part.journal"] { #expect(!leptoscan.exists(output + ending)) }
        unlink(leptoscan.folder.appendingPathComponent(output).path)
      }
      // Whether another process writes what is there cannot be known.
      try leptoscan.write("half", to: "e.csv.part")
      try leptoscan.write("", to: "e.csv.part.journal")
      let free = environment.merging(["HDF5_USE_FILE_LOCKING": "FALSE"]) { $1 }
      #expect(try leptoscan.run(["export", "scan.h5", "-o", "e.csv"], environment: free).exitCode == 73)
      for ending in [".part", ".part.journal"] {
        unlink(leptoscan.folder.appendingPathComponent("e.csv" + ending).path)
      }
    }
  }

  /// Notes writes, syncs and renames of files whose names have `.part` in them.
  private static let log = #"""
    #define _GNU_SOURCE
    #include <dlfcn.h>
    #include <fcntl.h>
    #include <stdio.h>
    #include <stdlib.h>
    #include <string.h>
    #include <unistd.h>
    static void note(const char *call, const char *path) {
      const char *log = getenv("CALLS"), *name = strrchr(path, '/');
      if (!log || !strstr(path, ".part")) return;
      char line[4200];
      int length = snprintf(line, sizeof line, "%s %s\n", call, name ? name + 1 : path);
      int file = open(log, O_WRONLY | O_APPEND | O_CREAT, 0600);
      if (write(file, line, length) < 0) abort();
      close(file);
    }
    static void note_file(const char *call, int file) {
      char link[64], path[4096];
      snprintf(link, sizeof link, "/proc/self/fd/%d", file);
      ssize_t length = readlink(link, path, sizeof path - 1);
      if (length > 0) { path[length] = 0; note(call, path); }
    }
    #define NEXT(name) ((typeof(name) *)dlsym(RTLD_NEXT, #name))
    ssize_t pwrite(int f, const void *b, size_t n, off_t o) { note_file("write", f); return NEXT(pwrite)(f, b, n, o); }
    ssize_t pwrite64(int f, const void *b, size_t n, off64_t o) { note_file("write", f); return NEXT(pwrite64)(f, b, n, o); }
    int fsync(int f) { int code = NEXT(fsync)(f); note_file("sync", f); return code; }
    int fdatasync(int f) { int code = NEXT(fdatasync)(f); note_file("sync", f); return code; }
    int rename(const char *a, const char *b) { note("rename", a); return NEXT(rename)(a, b); }

    """#

  /// Locks that fail with LOCK_ERRNO.
  private static let noLocks = #"""
    #define _GNU_SOURCE
    #include <errno.h>
    #include <stdlib.h>
    #include <sys/file.h>
    int flock(int file, int operation) {
      const char *code = getenv("LOCK_ERRNO");
      (void)file; (void)operation;
      errno = code ? atoi(code) : ENOSYS;
      return -1;
    }

    """#
}
