import Cards
import Foundation
import Testing

import Scanning

/// What the cards of these tests may ask for.
let observables = ["delta_a_mu", "delta_a_e", "width_visible", "width_invisible", "br_invisible"]

func readCard(_ yaml: String) throws(CardError) -> RunCard {
  try RunCard(yaml: yaml, file: "card.yaml", knownObservables: observables)
}

/// A card whose axes are fixed values except for those given.
func card(
  mPhi: String = "0.3 GeV", hMue: String = "3e-3", mPsi: String = "0.1 GeV", g: String = "0.1", more: String = ""
) -> String {
  """
  leptoscan: 1
  axes:
    m_phi: \(mPhi)
    h_mue: \(hMue)
    m_psi: \(mPsi)
    g: \(g)
  \(more)
  """
}

/// The lines of the messages that a card gets; empty if it is fine.
func messages(_ yaml: String) -> [String] {
  do throws(CardError) {
    _ = try readCard(yaml)
    return []
  } catch {
    return error.diagnostics.map(\.description)
  }
}

let repository = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardizedFileURL
