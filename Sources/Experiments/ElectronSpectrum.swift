/// What is known of the electrons in a thick target.
public enum ElectronSpectrum: String, Sendable, Hashable, CaseIterable {
  /// The beam's electron and the electrons and positrons of its shower, by Rossi's approximation A (``ShowerTheory``).
  case shower
  /// The beam's electron alone, with the spectrum of Tsai and Whitis.
  case tsaiWhitis = "tsai-whitis"
}
