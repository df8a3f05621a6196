/// The candidate that a misspelt word most likely meant: fewest insertions, deletions, substitutions and swaps of
/// neighbours, whatever the case; or the one that it abbreviates; nil if none is near.
package func nearest(to word: String, among candidates: [String]) -> String? {
  if word.count >= 3, let whole = candidates.first(where: { $0.lowercased().hasPrefix(word.lowercased()) }) {
    return whole
  }
  let allowed = max(1, word.count / 3)
  return candidates.map { (candidate: $0, distance: editDistance(word.lowercased(), $0.lowercased())) }
    .filter { $0.distance <= allowed }
    .min { $0.distance < $1.distance }?.candidate
}

/// `did you mean 'X'?`, or else what there is to choose from.
package func choice(of candidates: [String], insteadOf word: String) -> String {
  if let candidate = nearest(to: word, among: candidates) { return "did you mean '\(candidate)'?" }
  guard let last = candidates.last, candidates.count > 1 else { return "use \(candidates.first ?? "nothing")" }
  return "use \(candidates.dropLast().joined(separator: ", ")) or \(last)"
}

/// Optimal string alignment distance.
func editDistance(_ first: String, _ second: String) -> Int {
  let (a, b) = (Array(first), Array(second))
  // Words of the card are short; a long one is near none of them.
  guard a.count <= 64, b.count <= 64 else { return max(a.count, b.count) }
  var beforePrevious: [Int] = []
  var previous = Array(0...b.count)
  for i in a.indices {
    var current = [i + 1]
    for j in b.indices {
      var best = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforePrevious[j - 1] + 1) }
      current.append(best)
    }
    (beforePrevious, previous) = (previous, current)
  }
  return previous[b.count]
}
