#!/bin/bash
# Kills scans at random moments with SIGKILL and checks that --resume ends in the same bytes as an unbroken run.
#
#   scripts/crash-campaign.sh [COUNT] [LEPTOSCAN]
#
# COUNT kills (15 by default), spread over as many scans as they last for. LEPTOSCAN: the program
# (.build/release/leptoscan by default). Takes 400 MB in $TMPDIR. Exits with 1 if any file differs or does not resume.
set -u
count=${1:-15}
leptoscan=${2:-$(dirname "$0")/../.build/release/leptoscan}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat > "$folder/card.yaml" <<'CARD'
leptoscan: 1
axes:
  m_phi: { from: 110 MeV, to: 10 GeV, points: 101 }
  h_mue: { from: 1e-5, to: 1e-1, points: 53 }
  m_psi: { ratio_to_m_phi: { from: 0.1, to: 0.6, points: 41, spacing: linear } }
  g: { from: 0.01, to: 1, points: 97 }
observables: [delta_a_mu, delta_a_e, width_visible, width_invisible, br_invisible]
CARD

milliseconds() { echo $(($(date +%s%N) / 1000000)); }
command=("$leptoscan" scan "$folder/card.yaml" --resume --progress none -o)
scan() { "${command[@]}" "$folder/$1" > "$folder/log" 2>&1; }

begin=$(milliseconds)
scan whole.h5 || { cat "$folder/log"; exit 1; }
# The kills fall into the time of a whole scan, its beginning and its end included.
duration=$(($(milliseconds) - begin))
echo "an unbroken scan takes $duration ms"

kills=0
scans=0
unreadable=0
while [ $kills -lt "$count" ]; do
  "${command[@]}" "$folder/broken.h5" > "$folder/log" 2>&1 &
  running=$!
  sleep "$(printf '0.%03d' $((RANDOM % (duration < 999 ? duration + 1 : 1000))))"
  if kill -KILL $running 2> /dev/null; then kills=$((kills + 1)); fi
  wait $running 2> /dev/null
  if [ -e "$folder/broken.h5.part" ] && ! "$leptoscan" show "$folder/broken.h5.part" > /dev/null; then
    unreadable=$((unreadable + 1))
  fi
  # Half of the scans are killed again while they resume.
  if [ $((RANDOM % 2)) -eq 0 ] || [ $kills -ge "$count" ]; then
    scan broken.h5 || { cat "$folder/log"; exit 1; }
    cmp "$folder/whole.h5" "$folder/broken.h5" || exit 1
    left=$(cd "$folder" && ls broken.h5.* 2> /dev/null)
    [ -z "$left" ] || { echo "left behind: $left"; exit 1; }
    rm "$folder/broken.h5"
    scans=$((scans + 1))
  fi
done
echo "$kills kills in $scans scans: every file is the same as that of the unbroken scan, $unreadable unreadable .part"
[ $unreadable -eq 0 ]
