import ArgumentParser
import Cards
import ComputeDevices
import Events
import Experiments
import Foundation
import HostResources
import Limits
import Production
import ScanStore
import Scanning

/// What a failed command prints and with which exit code it ends.
struct Failure {
  /// The exit codes of sysexits.h that leptoscan uses.
  enum Code: Int32 {
    case usage = 64
    case badInput = 65
    case cannotCreate = 73
    case inputOutput = 74
    case resumable = 75
  }

  private let error: any Error

  init(_ error: any Error) { self.error = error }

  /// Prints the message to standard error and ends the process.
  func exit() -> Never {
    // What happened is being said, and the end is near.
    _ = StopSignals.endOnRequest()
    if let code = Failure.code(of: error) {
      printError("leptoscan: \(error)")
      Foundation.exit(code.rawValue)
    }
    let text = Leptoscan.fullMessage(for: error, columns: HelpText.unbroken)
    let code = Leptoscan.exitCode(for: error)
    if code != .success {
      printError(HelpText.fitted(text))
      Foundation.exit(code.rawValue)
    }
    // Help, the version, and scripts for shells, which are passed on as they are.
    do {
      try printOutput(text.hasPrefix("OVERVIEW:") ? HelpText.fitted(text) : text)
    } catch {
      Failure(error).exit()
    }
    Foundation.exit(code.rawValue)
  }

  /// The exit code of our own errors; nil for those of the argument parser, which it reports itself.
  private static func code(of error: any Error) -> Code? {
    switch error {
    case is PointListError, is CardError, is PlanError, is ProductionError, is EventRunError, is MergeError,
      is LimitError, is TableError, is ShardGiven, is CutFile, is UnknownExperiment:
      .badInput
    case is DeviceSelectionError, is OpenCLDeviceUnusable: .usage
    case is OpenCLError, is SharedExecutor.DeviceFailure, is ResourceError: .inputOutput
    case let error as ScanStoreError: storeCode(error)
    case let error as UsageError: error.code
    case is StoppedError: .resumable
    default: nil
    }
  }

  private static func storeCode(_ error: ScanStoreError) -> Code {
    switch error.kind {
    case .noSuchFile, .notHDF5, .truncated, .noSuchVariable, .outOfRange, .wrongType, .differentScan, .damaged,
      .unfinished:
      .badInput
    // What is wrong with an input is not the output's fault.
    case .noSuchDirectory, .noPermission, .isDirectory: error.isOfInput ? .badInput : .cannotCreate
    case .alreadyExists, .unfinishedExists, .invalidSchema, .unusableName, .isInput: .cannotCreate
    case .locked, .noSpace, .library, .system: .inputOutput
    }
  }
}

/// Options that fit together badly, or a file that a command cannot take.
struct UsageError: Error, CustomStringConvertible {
  let code: Failure.Code
  let description: String

  init(_ description: String, code: Failure.Code = .usage) {
    self.description = description
    self.code = code
  }
}
