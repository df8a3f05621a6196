// Layout of the run-time data of signal_events.h, which the host fills.
#ifndef PORTAL_SIGNAL_LAYOUT_H
#define PORTAL_SIGNAL_LAYOUT_H

#define PORTAL_SIGNAL_MASS_MAX 0      // m_max [GeV]; 0 if nothing is produced at all
#define PORTAL_SIGNAL_LARGEST 1       // s beyond which events are 0
#define PORTAL_SIGNAL_FIRST 2         // s at the lower end of the first panel
#define PORTAL_SIGNAL_PER_WIDTH 3     // 1/(width of a panel)
#define PORTAL_SIGNAL_PANELS 4        // number of panels, at least 1
#define PORTAL_SIGNAL_TERMS 5         // coefficients per panel
#define PORTAL_SIGNAL_EFFICIENCIES 6  // entries of the efficiency, at least 1
#define PORTAL_SIGNAL_PARTICLES 7     // particles on target
#define PORTAL_SIGNAL_MASS_MIN 8      // m_0 [GeV]
#define PORTAL_SIGNAL_SERIES 9        // the series, panel by panel; ln m_phi of the efficiencies; the efficiencies

#endif
