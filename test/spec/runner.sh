#!/bin/sh
# runner.sh SPEC - tries the runner of the examples: what holds passes, what does not hold is told,
# what cannot be understood is an error with file and line, a `miss` that works is told.
set -u
spec=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failures=0

# try STATUS TEXT: runs the file on standard input; the output must have the text and the status be that.
try() {
    cat >"$folder/case.txt"
    printed=$("$spec" "$folder/case.txt" 2>&1)
    status=$?
    if [ "$status" != "$1" ] || ! printf '%s\n' "$printed" | grep -qF -- "$2"; then
        printf 'expected status %s and "%s", found status %s and:\n%s\n' "$1" "$2" "$status" "$printed"
        failures=$((failures + 1))
    fi
}

# ---- knowledge files: yes, no, miss

try 0 '1 examples, 1 expectations, 0 known misses: 0 fail' <<'END'
frame consult/meet  Two actors meet.
  cameo 040
  yes 2024-06-13  Leaders of Chile and Peru met on Monday.
      CHLGOV <-> PERGOV 040 2024-06-10 mode=none confidence>=0.5
END

try 1 'case.txt:4: this does not hold' <<'END'
frame consult/meet  Two actors meet.
  cameo 040
  yes 2024-06-13  Leaders of Chile and Peru met on Monday.
      CHLGOV -> PERGOV 040
END

try 1 'found     CHLGOV <-> PERGOV 040 2024-06-10 actual place=none' <<'END'
frame consult/meet  Two actors meet.
  cameo 040
  yes 2024-06-13  Leaders of Chile and Peru met on Monday.
      CHLGOV <-> PERGOV 040 place=Lima
END

# A record beyond those that are given.
try 1 '1 fail' <<'END'
frame consult/meet  Two actors meet.
  cameo 040
  yes 2024-06-13  Chile met Peru on Monday, and France attacked Mali.
      CHL <-> PER 040
END

try 1 'this counter-example gives an event' <<'END'
frame consult/meet  Two actors meet.
  cameo 040
  no 2024-06-13  Leaders of Chile and Peru met on Monday.
END

try 1 'case.txt:4: this miss works now' <<'END'
frame consult/meet  Two actors meet.
  cameo 040
  miss 2024-06-13  Leaders of Chile and Peru met on Monday.
      CHLGOV <-> PERGOV 040
END

try 0 '1 known misses: 0 fail, 0 misses work now' <<'END'
frame consult/meet  Two actors meet.
  cameo 040
  miss 2024-06-13  Leaders of Chile and Peru met on Monday.
      CHLGOV <-> PERGOV 173
END

try 1 'case.txt:3: expected a date and a sentence' <<'END'
frame consult/meet  Two actors meet.
  cameo 040
  yes Leaders of Chile and Peru met on Monday.
      CHLGOV <-> PERGOV 040
END

# ---- records and attributes

try 1 'case.txt:3: expected SOURCE -> TARGET CODE, found: event CHL PER 040' <<'END'
### A record without an arrow
> Chile met Peru.
event CHL PER 040
END

try 1 'expected a date, a status or NAME=VALUE behind SOURCE -> TARGET CODE' <<'END'
### A status that does not exist
> Chile met Peru.
event CHL <-> PER 040 perhaps
END

try 1 'case.txt:3: expected an attribute of an event' <<'END'
### An attribute that does not exist
> Chile met Peru.
event CHL <-> PER 040 colour=red
END

try 1 'expected a number behind >= or <=' <<'END'
### A bound that is no number
> Chile met Peru.
event CHL <-> PER 040 confidence>=high
END

try 1 'confidence=0.' <<'END'
### A bound that is not reached
> Chile met Peru.
event CHL <-> PER 040 confidence<=0.1
END

try 1 'quantity=3 journalist' <<'END'
### Another quantity
> Turkish police arrested three Syrian journalists.
event TURCOP -> SYRMED 173 quantity=4 journalist
END

try 1 'operators=' <<'END'
### One operator of two is not all of them
> Norway promised to lift sanctions on Sudan.
event NOR -> SDN 0353 operators=promise
END

try 1 'operators=do,refuse' <<'END'
### The inner operator stands first
> Sudan refused to hold talks with Ethiopia.
event SDN -> ETH 125 operators=refuse,do
END

try 1 'expected a field that annotate prints for it' <<'END'
### An attribute that an actor has not
> Tokyo rejected the offer.
actor Tokyo = JPN colour=red
END

# Two records need two events.
try 1 '1 fail' <<'END'
### The same record twice
> Chile met Peru.
event CHL <-> PER 040
event CHL <-> PER 040
END

# ---- other expectations

try 0 '5 expectations, 0 known misses: 0 fail' <<'END'
### Kinds mix
story-date 2024-06-13
> Tokyo rejected the offer on Monday.
actor Tokyo = JPN
time Monday = DATE 2024-06-10
no place offer
entity Tokyo = GPE
no quantity offer
END

try 1 'case.txt:3: this does not hold (No such actor)' <<'END'
### No such actor
> Tokyo rejected the offer.
actor Tokyo = CHN
END

try 1 'case.txt:3: this does not hold' <<'END'
### It is one
> Tokyo rejected the offer.
no actor Tokyo
END

try 1 'expected WORDS = VALUE' <<'END'
### No value
> Tokyo rejected the offer.
actor Tokyo
END

try 1 'case.txt:3: expected event, actor, time' <<'END'
### A kind that does not exist
> Tokyo rejected the offer.
colour Tokyo = red
END

try 1 'case.txt:3: this miss works now' <<'END'
### A miss that works
> Tokyo rejected the offer.
miss actor Tokyo = JPN
END

try 1 'this miss works now' <<'END'
### A miss without events that works
> It rained in Lima.
miss (none)
END

try 1 'expected  (none)' <<'END'
### An event where none should be
> Chile met Peru.
(none)
END

try 1 'case.txt:2: expected expectations below' <<'END'
### Nothing is expected
> Chile met Peru.
END

try 1 'expected story-date YYYY-MM-DD or none' <<'END'
### A date that is none
story-date 13 June
> Chile met Peru.
(none)
END

# ---- the call

"$spec" --nonsense >"$folder/out" 2>&1
[ $? = 2 ] && grep -q '^usage: spec' "$folder/out" || { echo 'a wrong option was not refused'; failures=$((failures + 1)); }
"$spec" "$folder/no-such-file" >"$folder/out" 2>&1
[ $? = 2 ] && grep -q 'could not be read' "$folder/out" || { echo 'a missing file was not told'; failures=$((failures + 1)); }
printf 'frame x/y  Z.\n  cameo 040\n  verb meet, greet\n' >"$folder/case.txt"
"$spec" --at-least 10 --uncovered "$folder/case.txt" >"$folder/out" 2>&1
[ $? = 1 ] && grep -q 'case.txt:3: x/y, verb greet' "$folder/out" && grep -q 'less than 10.0 %' "$folder/out" ||
    { echo 'a coverage that is too low was not told'; failures=$((failures + 1)); }

exit "$failures"
