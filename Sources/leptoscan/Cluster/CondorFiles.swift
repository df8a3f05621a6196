import Foundation

extension BatchJob {
  /// The shards, the merge, and the graph that says in which order.
  var condorFiles: [File] {
    [
      File(path: "\(stem)-scan.sub", text: condorScan), File(path: "\(stem)-merge.sub", text: condorMerge),
      File(path: "\(stem).dag", text: condorGraph),
    ]
  }

  var condorInstructions: String { "condor_submit_dag \(BatchJob.quoted("\(stem).dag"))" }

  private var condorScan: String {
    let shard = BatchJob.condorQuoted(shardPath("$(shard)"))
    return condorJob(
      "scan \(BatchJob.condorWord(card)) -o \(shard) --shard $(shard)/\(shards) --threads \(cores) --resume "
        + "--progress plain",
      cores: cores, log: "\(stem)-scan.log", messages: "\(stem)-shard-$(shard)",
      queue: "queue shard in (\((1...shards).map(String.init).joined(separator: " ")))")
  }

  private var condorMerge: String {
    let names = (1...shards).map { BatchJob.condorWord(shardPath("\($0)")) }.joined(separator: " ")
    return condorJob(
      "merge \(BatchJob.condorWord(output)) --resume \(names)", cores: 1, log: "\(stem)-merge.log",
      messages: "\(stem)-merge", queue: "queue")
  }

  /// `timeout` sends SIGUSR1 in time, and hands on the SIGTERM of a preemption. A command that stopped (75) stays in the
  /// queue and runs again, and so does one that SIGUSR1 met before it listened: nothing was done yet.
  /// - Parameter messages: the name, without ending, of the files that take what is printed.
  private func condorJob(_ command: String, cores: Int, log: String, messages: String, queue: String) -> String {
    """
    executable = /usr/bin/timeout
    arguments = "--preserve-status --signal=USR1 \(seconds - BatchJob.notice) \(BatchJob.condorWord(program)) \(command)"
    transfer_executable = False
    request_cpus = \(cores)
    \(memoryMiB.map { "request_memory = \($0)\n" } ?? "")job_max_vacate_time = \(BatchJob.notice)
    on_exit_remove = ExitCode =!= 75 && ExitCode =!= \(128 + SIGUSR1)
    should_transfer_files = NO
    log = \(log)
    output = \(messages).out
    error = \(messages).err
    \(queue)

    """
  }

  private var condorGraph: String {
    """
    JOB scan \(stem)-scan.sub
    JOB merge \(stem)-merge.sub
    PARENT scan CHILD merge

    """
  }

  /// A word of HTCondor's arguments, as it is.
  private static func condorWord(_ text: String) -> String { condorQuoted(condorText(text)) }

  /// A word of HTCondor's arguments with macros: single quotes around it, quotes inside it doubled.
  private static func condorQuoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "''").replacing("\"", with: "\"\"") + "'"
  }

  /// A text in which HTCondor expands nothing.
  private static func condorText(_ text: String) -> String { text.replacing("$", with: "$(DOLLAR)") }
}
