# SPDX-License-Identifier: GPL-3.0-or-later
# The sample project, copied to where users keep their work, so that the checkout stays clean. Sourced after common.sh.

SAMPLE_SOURCE=$ESPALIER_ROOT/resources/samples/smart-home
SAMPLE=${ESPALIER_HOME:-$HOME/Espalier}/smart-home
SAMPLE_PROJECT=$SAMPLE/smart-home.espalier

# Fills in what is not there; what is there is the user's and stays as it is.
copy_sample() {
    [ -f "$SAMPLE_SOURCE/smart-home.espalier" ] || fail "The sample project is missing from this checkout ($SAMPLE_SOURCE)." \
        "Restore it with: git checkout -- resources"
    if [ -f "$SAMPLE_PROJECT" ]; then
        note_step "Sample project: $SAMPLE_PROJECT (yours, kept as it is)"
        return 0
    fi
    mkdir -p "$SAMPLE" && cp -rn "$SAMPLE_SOURCE/." "$SAMPLE/" && rm -f "$SAMPLE/.gitattributes" ||
        fail "The sample project could not be copied to $SAMPLE." "Check that you may write there, or choose another folder: ESPALIER_HOME=/path packaging/run.sh"
    note_step "Sample project: copied to $SAMPLE"
}
