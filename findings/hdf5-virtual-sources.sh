#!/usr/bin/env bash
# HDF5 2.0.0: a virtual dataset whose source is not beside it takes a file of that name from the current directory.
#
# Expected: where the source of a virtual dataset is missing, its elements have the fill value, as the manual says.
# Behaviour: a source with a relative name that is not beside the virtual file is also looked for relative to the current directory
# of the process; whatever has that name there is read, without a word.
# Why it matters: parts of a scan are called shard-1.h5, shard-2.h5 in everybody's folders. A merged file that was moved (or sent
# alone to a colleague) shows another scan's numbers when it is opened in a folder that holds another scan.
# Readers cannot see it in the numbers: compare what names the sources (H5Pget_virtual_filename) with what lies beside the file.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q h5py==3.16.0 numpy==2.4.6
cd "$folder"
mkdir mine others moved
venv/bin/python - <<'PYTHON'
import os

import h5py
import numpy as np

for folder, value in (("mine", 1.0), ("others", 2.0)):
    with h5py.File(f"{folder}/shard-1.h5", "w") as file:
        file["x"] = np.full(3, value)
with h5py.File("mine/merged.h5", "w") as file:
    layout = h5py.VirtualLayout((3,), "f8")
    layout[:] = h5py.VirtualSource("shard-1.h5", "x", (3,))
    file.create_virtual_dataset("x", layout, fillvalue=np.nan)


def read(path, directory):
    home = os.getcwd()
    os.chdir(directory)
    try:
        with h5py.File(os.path.join(home, path)) as file:
            return file["x"][:].tolist()
    finally:
        os.chdir(home)


print(f"HDF5 {h5py.version.hdf5_version}")
beside = read("mine/merged.h5", "others")
os.rename("mine/merged.h5", "moved/merged.h5")
alone = read("moved/merged.h5", "moved")
foreign = read("moved/merged.h5", "others")
print(f"  beside its source, read in another folder:            {beside}")
print(f"  moved away, read where no file has the source's name:  {alone}")
print(f"  moved away, read in a folder with another such file:   {foreign}   (expected: the fill value)")
assert beside == [1.0] * 3 and np.isnan(alone).all()
assert foreign == [2.0] * 3, "HDF5 no longer looks in the current directory"
print("as described: the current directory's file of the same name is read")
PYTHON
