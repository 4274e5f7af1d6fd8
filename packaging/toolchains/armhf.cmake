# SPDX-License-Identifier: GPL-3.0-or-later
# 32-bit Arm Linux (ARMv7, hard float) with Debian's cross compiler: apt install g++-arm-linux-gnueabihf.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR armv7l)
set(CMAKE_CXX_COMPILER arm-linux-gnueabihf-g++)
# 64-bit file sizes, inode numbers and times; without the note that GCC 7 changed how some values are passed.
set(CMAKE_CXX_FLAGS_INIT "-D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64 -Wno-psabi")
set(CMAKE_LIBRARY_ARCHITECTURE arm-linux-gnueabihf)

# Debian installs the target's libraries beside the host's, in /usr/lib/arm-linux-gnueabihf, and headers that are the same for both in
# /usr/include; CMake looks into the target's folder alone because of the architecture above.
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE NEVER)
