# SPDX-License-Identifier: GPL-3.0-or-later
# Counts the instructions that a program runs between one answer and the next from the log of `qemu -strace -d in_asm,exec,nochain`. The log lists each block of
# instructions when it is translated, and names its address each time it is run. A line for each write() to standard output: instructions since the one before.
# With -v profile=FILE also every block of the last answer: instructions and address.
$1 == "Trace" { split($4, part, "/"); address = part[2]; count += length_of[address]; if (profile != "") runs[address]++; next }
/^0x/ { if (!lines++) { start = substr($1, 3); sub(/:$/, "", start) } next }
/^$/ && lines { while (length(start) < digits) start = "0" start; length_of[start] = lines; lines = 0; next }
/ write\(1,/ {
    print count; count = 0
    if (profile != "") { printf "" > profile; for (a in runs) print runs[a] * length_of[a], a > profile; close(profile); delete runs }
}
