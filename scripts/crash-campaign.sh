#!/bin/bash
# Breaks scans in every way there is, and checks that --resume ends in the same bytes as an unbroken run.
#
#   scripts/crash-campaign.sh [COUNT] [LEPTOSCAN] [PART...]
#
# COUNT random kills of each kind (15 by default; hundreds for a campaign). LEPTOSCAN: the program
# (.build/release/leptoscan by default). Parts: signals, calls, merges, damage, disks, folders; all by default. Takes 1 GB in $TMPDIR.
# Kills at every system call need strace, full and read-only disks need root; both are passed over with a message where they
# cannot be had. Exits with 1 at the first scan that is not as it should be.
set -u
count=${1:-15}
leptoscan=$(realpath "${2:-$(dirname "$0")/../.build/release/leptoscan}")
parts=${*:3}
parts=${parts:-signals calls merges damage disks folders}
folder=$(mktemp -d)
mounts=()
trap 'for mount in "${mounts[@]}"; do umount -l "$mount"; done; rm -rf "$folder"' EXIT
cd "$folder" || exit 1

# Grids: a long one, which is written past the page cache, and a short one.
grid() {
  cat <<CARD
leptoscan: 1
axes:
  m_phi: { from: 110 MeV, to: 10 GeV, points: $1 }
  h_mue: { from: 1e-5, to: 1e-1, points: 53 }
  m_psi: { ratio_to_m_phi: { from: 0.1, to: 0.6, points: 41, spacing: linear } }
  g: { from: 0.01, to: 1, points: $2 }
observables: [delta_a_mu, delta_a_e, width_visible, width_invisible, br_invisible]
CARD
}
grid 101 97 > long.yaml
grid 5 7 > short.yaml

# Points that are kept where nothing excludes them: two stages, with a file OUT.h5.selection between them.
sobol() {
  cat <<CARD
leptoscan: 1
points: { method: sobol, count: $1, keep: allowed }
axes:
  m_phi: { from: 110 MeV, to: 10 GeV }
  h_mue: { from: 1e-5, to: 1e-1 }
  m_psi: { ratio_to_m_phi: { from: 0.1, to: 0.6, spacing: linear } }
  g: { from: 0.01, to: 1 }
measurements: 2025
constraints: [g_minus_2_muon]
observables: [delta_a_mu, delta_a_e, width_visible, width_invisible, br_invisible]
CARD
}
sobol 1500000 > sobol.yaml
sobol 3000 > few.yaml

# A list, of which the points below the muon's mass are dropped.
awk 'BEGIN {
  print "m_phi,h_mue,m_psi,g"
  for (i = 0; i < 200000; i++)
    printf "%.6f,%.3g,%.6f,%.3g\n", 0.05 + i % 997 * 0.001, 1e-5 * (1 + i % 89), 0.02 + i % 101 * 0.001, 0.01 * (1 + i % 83)
}' > list.csv
cat > listed.yaml <<CARD
leptoscan: 1
points: { file: list.csv, keep: { status: 0 } }
observables: [delta_a_mu, delta_a_e, width_visible, width_invisible, br_invisible]
CARD

milliseconds() { echo $(($(date +%s%N) / 1000000)); }

fail() {
  echo "FAILED: $*"
  cat log 2> /dev/null
  exit 1
}

# scan CARD OUTPUT [OPTION...]
scan() {
  local card=$1 output=$2
  shift 2
  "$leptoscan" scan "$card.yaml" -o "$output" --progress none "$@" > log 2>&1
}

# The unbroken file, and how long it takes to make.
declare -A duration
for card in long short sobol few listed; do
  begin=$(milliseconds)
  scan $card $card.h5 || fail "the unbroken $card scan"
  duration[$card]=$(($(milliseconds) - begin))
  echo "an unbroken $card scan takes ${duration[$card]} ms"
done

# finish CARD OUTPUT: resumes, compares, and removes.
finish() {
  scan "$1" "$2" --resume || fail "resuming $2 ended with $?"
  cmp "$1.h5" "$2" || fail "$2 differs"
  left=$(ls "$2".* 2> /dev/null)
  [ -z "$left" ] || fail "left behind: $left"
  rm "$2"
}

# Unfinished files open at any time. Counts those of which something is stored for good.
resumable=0
readable() {
  local part
  for part in "$1.part" "$1.selection.part"; do
    [ -e "$part" ] || continue
    "$leptoscan" show "$part" --json > log 2>&1 || fail "$part is unreadable"
    if grep -Eq '"fraction_stored" *: *(0\.0*[1-9]|[1-9])' log; then resumable=$((resumable + 1)); fi
  done
}

# pause MILLISECONDS: a random part of them.
pause() { sleep "$(printf '%d.%03d' $(($1 * (RANDOM % 1000) / 1000000)) $(($1 * (RANDOM % 1000) / 1000 % 1000)))"; }

# linger PROCESS MILLISECONDS OUTPUT: waits for a random moment of a scan; every other time for one at which points are being
# computed, and holds the scan for a second, so that a checkpoint is due right after.
linger() {
  if [ $((RANDOM % 2)) -eq 0 ]; then
    pause "$2"
    return
  fi
  while kill -0 "$1" 2> /dev/null && [ ! -s "$3.part.journal" ] && [ ! -s "$3.selection.part.journal" ]; do sleep 0.005; done
  pause $(($2 / 3))
  kill -STOP "$1" 2> /dev/null || return
  sleep 1.05
  kill -CONT "$1" 2> /dev/null
  pause 100
}

# SIGNAL at random moments from the start to the end of a scan; half of the scans are hit again while they resume.
random_signals() {
  local card=$1 signal=$2 hits=0 scans=0 status
  resumable=0
  while [ $hits -lt "$count" ]; do
    "$leptoscan" scan "$card.yaml" -o broken.h5 --progress none --resume > log 2>&1 &
    local running=$!
    linger $running "${duration[$1]}" broken.h5
    if kill -"$signal" $running 2> /dev/null; then hits=$((hits + 1)); fi
    wait $running 2> /dev/null
    status=$?
    # A signal before the scan listens, or after it is complete, ends it as any program.
    case $signal:$status in
      *:0 | KILL:137 | TERM:75 | TERM:143 | USR1:75 | USR1:138 | INT:75 | INT:130) ;;
      *) fail "SIG$signal: exit code $status" ;;
    esac
    readable broken.h5
    if [ $((RANDOM % 2)) -eq 0 ] || [ $hits -ge "$count" ]; then
      finish "$card" broken.h5
      scans=$((scans + 1))
    fi
  done
  echo "$hits times SIG$signal in $scans $card scans, $resumable times with points stored: every file is the same as that of" \
    "the unbroken scan"
}

# kill_at CARD CALL N: a scan that is killed at the Nth such call on its files.
kill_at() {
  local name paths=(-P "$folder")
  for name in call.h5 call.h5.selection; do
    paths+=(-P "$folder/$name" -P "$folder/$name.part" -P "$folder/$name.part.new" -P "$folder/$name.part.journal")
  done
  # In the background, so that bash does not report what was killed.
  {
    strace -f -qq -o trace "${paths[@]}" -e trace="$2" -e inject="$2":signal=KILL:when="$3" \
      "$leptoscan" scan "$1.yaml" -o "$folder/call.h5" --progress none --device native > log 2>&1 &
    wait $!
  } 2> /dev/null
}

# SIGKILL at every system call that touches the files; at every fifth one in a short campaign.
system_calls() {
  if ! strace -f -qq -o /dev/null true 2> /dev/null; then
    echo "not checked: kills at system calls (there is no strace here, or it may not trace)"
    return
  fi
  local card=$1 call n kills=0 step=$((count < 15 ? 5 : 1))
  for call in openat ftruncate fallocate pwrite64 fsync fdatasync rename unlink flock; do
    for n in $(seq 1 $step 60); do
      kill_at "$card" $call "$n"
      [ $? -eq 137 ] || break
      kills=$((kills + 1))
      readable call.h5
      finish "$card" call.h5
    done
    rm -f call.h5
  done
  [ $kills -ge 10 ] || fail "only $kills system calls were met"
  echo "the $card scan killed at $kills system calls on its files: every file is the same as that of the unbroken scan"
}

# SIGKILL at random moments of a merge of three shards.
merges() {
  local begin span hits=0 merged=0 shards=(shard-1.h5 shard-2.h5 shard-3.h5)
  for n in 1 2 3; do scan long shard-$n.h5 --shard $n/3 || fail "shard $n"; done
  begin=$(milliseconds)
  "$leptoscan" merge broken.h5 "${shards[@]}" > log 2>&1 || fail "the unbroken merge"
  span=$(($(milliseconds) - begin))
  while [ $hits -lt "$count" ]; do
    rm -f broken.h5
    "$leptoscan" merge broken.h5 "${shards[@]}" --resume > log 2>&1 &
    local running=$!
    linger $running $span broken.h5
    if kill -KILL $running 2> /dev/null; then hits=$((hits + 1)); fi
    wait $running 2> /dev/null
    readable broken.h5
    if [ $((RANDOM % 2)) -eq 0 ] || [ $hits -ge "$count" ]; then
      "$leptoscan" merge broken.h5 "${shards[@]}" --resume > log 2>&1 || fail "resuming the merge ended with $?"
      cmp long.h5 broken.h5 || fail "broken.h5 differs"
      [ -z "$(ls broken.h5.* 2> /dev/null)" ] || fail "left behind: $(ls broken.h5.*)"
      merged=$((merged + 1))
    fi
  done
  rm -f broken.h5 "${shards[@]}"
  echo "$hits times SIGKILL in $merged merges: every file is the same as that of the unbroken scan"
}

# An interrupted long scan to be damaged.
interrupt() {
  "$leptoscan" scan long.yaml -o damaged.h5 --progress none > log 2>&1 &
  local running=$!
  linger $running $((duration[long] / 2)) damaged.h5
  kill -KILL $running 2> /dev/null
  wait $running 2> /dev/null
}

flip() { # FILE OFFSET
  local byte
  byte=$(od -An -tu1 -j "$2" -N 1 "$1")
  printf "\\x$(printf %x $((byte ^ (1 << RANDOM % 8))))" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}

random() { echo $(((RANDOM << 30 | RANDOM << 15 | RANDOM) % $1)); }

damaged_files() {
  local n status journal=damaged.h5.part.journal truncated=0 flipped=0 metadata=0
  for n in $(seq "$count"); do
    interrupt
    if [ -s $journal ]; then
      truncate -s "$(random "$(stat -c %s $journal)")" $journal
      truncated=$((truncated + 1))
    fi
    [ -e damaged.h5 ] || finish long damaged.h5
    rm -f damaged.h5
    interrupt
    if [ -s $journal ]; then
      # What does not begin as a journal is refused, not resumed.
      flip $journal $((18 + $(random $(($(stat -c %s $journal) - 18)))))
      flipped=$((flipped + 1))
    fi
    [ -e damaged.h5 ] || finish long damaged.h5
    rm -f damaged.h5
    cp short.h5 damaged.h5
    flip damaged.h5 "$(random "$(stat -c %s damaged.h5)")"
    "$leptoscan" verify damaged.h5 > log 2>&1
    status=$?
    [ $status -eq 65 ] || fail "verify of a file with a flipped byte ended with $status"
    metadata=$((metadata + 1))
    rm -f damaged.h5*
  done
  echo "$truncated truncated journals, $flipped journals with a flipped byte: resumed; $metadata flipped bytes: found"
}

# disk SIZE: a file system of its own, in ./disk.
disk() {
  mkdir -p disk
  mount -t tmpfs -o size="$1" tmpfs disk 2> /dev/null || return 1
  mounts+=("$folder/disk")
}

full_disks() {
  if ! disk 1m; then
    echo "not checked: full and read-only disks (they need the right to mount)"
    return
  fi
  local size status room
  size=$(stat -c %s long.h5)
  scan long disk/out.h5
  [ $? -eq 74 ] || fail "a disk that is too small"
  grep -q 'does not fit on the disk' log || fail "a disk that is too small"
  [ -z "$(ls disk)" ] || fail "left behind: $(ls disk)"
  # From "hardly the file" to "the file, and not all of its journal".
  for room in 0 4096 8192 12288 16384 32768; do
    umount disk
    mount -t tmpfs -o size=$((size + 400000)) tmpfs disk
    head -c $((400000 - room)) /dev/zero > disk/ballast
    scan long disk/out.h5
    status=$?
    case $status in 0 | 74) ;; *) fail "a disk with $room bytes too many ended with $status" ;; esac
    rm disk/ballast
    [ $status -eq 0 ] || scan long disk/out.h5 --resume || fail "resuming after a full disk"
    cmp long.h5 disk/out.h5 || fail "disk/out.h5 differs"
    rm disk/out.h5
  done
  # Room for the first stage of a scan that keeps some of its points, and not for the second.
  umount disk
  mount -t tmpfs -o size=20m tmpfs disk
  scan sobol disk/out.h5
  [ $? -eq 74 ] || fail "a disk that is too small for the points that are kept"
  [ "$(ls disk)" = out.h5.selection ] || fail "on the disk: $(ls disk)"
  mount -o remount,size=200m disk
  scan sobol disk/out.h5 --resume || fail "resuming after a full disk"
  cmp sobol.h5 disk/out.h5 || fail "disk/out.h5 differs"
  [ "$(ls disk)" = out.h5 ] || fail "left behind: $(ls disk)"
  rm disk/out.h5
  mount -o remount,ro disk
  scan long disk/out.h5
  [ $? -eq 73 ] || fail "a read-only disk"
  mount -o remount,rw disk
  umount disk
  mounts=()
  echo "full disks: refused or resumed to the same bytes; a read-only disk: refused"
}

vanished_folder() {
  local n status
  for n in $(seq $(((count + 4) / 5))); do
    mkdir vanishing
    "$leptoscan" scan long.yaml -o vanishing/out.h5 --progress none > log 2>&1 &
    local running=$!
    sleep "$(printf '0.%03d' $((RANDOM % (duration[long] < 999 ? duration[long] + 1 : 999))))"
    rm -rf vanishing
    wait $running
    status=$?
    case $status in 0 | 73 | 74) ;; *) fail "a vanished folder: exit code $status" ;; esac
    rm -rf vanishing
  done
  echo "$n vanished folders: reported"
}

for part in $parts; do
  case $part in
    signals)
      for card in long short sobol listed; do random_signals $card KILL; done
      for signal in TERM USR1 INT; do random_signals long $signal; done
      random_signals sobol TERM
      ;;
    calls)
      system_calls short
      system_calls few
      ;;
    merges) merges ;;
    damage) damaged_files ;;
    disks) full_disks ;;
    folders) vanished_folder ;;
    *) fail "there is no part $part" ;;
  esac
done
