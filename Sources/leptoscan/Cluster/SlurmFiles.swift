extension BatchJob {
  /// The most tasks of an array where the cluster's MaxArraySize, 1001 by default, was left alone.
  static let slurmTasks = 1000

  /// An array job for the shards, and the job that merges them.
  var slurmFiles: [File] {
    [File(path: "\(stem)-scan.slurm", text: slurmScan), File(path: "\(stem)-merge.slurm", text: slurmMerge)]
  }

  var slurmInstructions: String {
    """
    scan=$(sbatch --parsable \(BatchJob.quoted("\(stem)-scan.slurm")))
    sbatch --dependency=afterok:$scan --kill-on-invalid-dep=yes \(BatchJob.quoted("\(stem)-merge.slurm"))
    # If a shard fails for good, Slurm cancels this merge, and does not run it when the shard is there after all. Then, with the
    # number of the shard:  sbatch --array=NUMBER \(BatchJob.quoted("\(stem)-scan.slurm"))
    # and when that is done:  sbatch \(BatchJob.quoted("\(stem)-merge.slurm"))
    """
  }

  private var slurmScan: String {
    slurmJob(
      "leptoscan",
      options: "#SBATCH --array=1-\(shards)\n#SBATCH --cpus-per-task=\(cores)", log: slurmName("-shard-%a.log"),
      command: """
        i=$SLURM_ARRAY_TASK_ID
        \(BatchJob.quoted(program)) scan \(BatchJob.quoted(card)) \\
          -o \(BatchJob.quoted("\(stem)-shard-"))$i.h5 --shard $i/\(shards) --threads \(cores) --resume --progress plain &
        """, name: "${SLURM_ARRAY_JOB_ID}_$i")
  }

  private var slurmMerge: String {
    slurmJob(
      "leptoscan-merge", options: "#SBATCH --cpus-per-task=1", log: slurmName("-merge.log"),
      command: """
        \(BatchJob.quoted(program)) merge \(BatchJob.quoted(output)) --resume \\
          \(BatchJob.quoted("\(stem)-shard-")){1..\(shards)}.h5 &
        """, name: "$SLURM_JOB_ID")
  }

  /// Slurm sends SIGUSR1 to the shell before the time limit, and SIGTERM for everything else; the shell hands both on. A
  /// command that stopped (75) goes back into the queue after SIGUSR1 and after a preemption; `scancel` is final.
  /// - Parameters:
  ///   - command: lines that start it in the background.
  ///   - name: what Slurm calls the job, in the job.
  private func slurmJob(_ title: String, options: String, log: String, command: String, name: String) -> String {
    """
    #!/bin/bash
    #SBATCH --job-name=\(title)
    #SBATCH --ntasks=1
    \(options)
    \(memoryMiB.map { "#SBATCH --mem=\($0)M\n" } ?? "")#SBATCH --time=\(limit)
    #SBATCH --signal=B:USR1@\(BatchJob.notice)
    #SBATCH --requeue
    #SBATCH --open-mode=append
    #SBATCH --output=\(log)

    told=
    command=
    tell() {
      told=$1
      if [ -n "$command" ]; then trap "" USR1 TERM; kill -$1 $command; fi
    }
    trap 'tell USR1' USR1
    trap 'tell TERM' TERM
    \(command)
    command=$!
    # The signal came before the command was known.
    if [ -n "$told" ]; then kill -$told $command; fi
    wait $command
    status=$?
    # The signal ended the wait, not the command.
    if [ -n "$told" ]; then wait $command; status=$?; fi
    # It came before the command listened: nothing was done yet.
    if [ -n "$told" ] && [ $status -eq $((128 + $(kill -l "$told"))) ]; then status=75; fi
    if [ $status -eq 75 ]; then
      # Of a time limit SIGUSR1 tells, of a preemption Slurm; what scancel ended stays ended.
      job="\(name)"
      state=$(scontrol show job "$job" | grep -o 'JobState=[A-Z_]*')
      case $told,${state#JobState=} in
        *,CANCELLED) ;;
        USR1,* | *,PREEMPTED) scontrol requeue "$job" ;;
      esac
    fi
    exit $status

    """
  }

  /// The name of a log in quotes; Slurm expands `%a` in its ending and nothing before.
  private func slurmName(_ ending: String) -> String {
    "\"" + stem.replacing("%", with: "%%").replacing("\"", with: "\\\"") + ending + "\""
  }
}
