#!/usr/bin/env bash
# Puts the built program where the services look for it, beside the versions that were there before, and makes it the
# current one. Run it as root after each build; it starts and stops nothing, and settings and data stay as they are.
#
#   Resources/Deploy/install.sh                the program
#   Resources/Deploy/install.sh supervisor     the program, and /etc/supervisor/conf.d/fomo.conf
#   Resources/Deploy/install.sh systemd        the program, and the units in /etc/systemd/system
#
# FOMO_PROGRAM names another program than .build/release/fomo. DESTDIR puts everything below another folder, with
# owners as they are.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

say() { printf '%s\n' "$*" >&2; }
fail() { say "install.sh: $*"; exit 1; }

root=${DESTDIR:-}
program=${FOMO_PROGRAM:-.build/release/fomo}
services=${1:-}
case $services in
    ''|supervisor|systemd) ;;
    *) fail "'$services' is neither supervisor nor systemd" ;;
esac
[ -x "$program" ] || fail "there is no $program yet: build it first (Scripts/run)"
[ -n "$root" ] || [ "$(id -u)" -eq 0 ] || fail "this needs root"
command -v patchelf >/dev/null || fail "patchelf is missing: apt-get install patchelf"

# own PATH…: gives what belongs to the club to its user.
own() { [ -n "$root" ] || chown -h fomo:fomo "$@"; }

# The user and its folders.
if [ -z "$root" ] && ! getent passwd fomo >/dev/null; then
    adduser --system --group --quiet --home /var/lib/fomo --no-create-home fomo
fi
for folder in /var/lib/fomo /var/backups/fomo; do
    [ -d "$root$folder" ] || install -d -m 700 "$root$folder"
    own "$root$folder"
done
ln -sfn /opt/fomo/current/Resources "$root/var/lib/fomo/Resources"
if [ ! -e "$root/var/lib/fomo/.env" ]; then
    install -m 600 .env.example "$root/var/lib/fomo/.env"
    own "$root/var/lib/fomo/.env"
    say "New: /var/lib/fomo/.env. Write the settings into it."
fi

# The program, with Swift's libraries, so that the toolchain may change or go; it is named by its content.
libraries=$(ldd "$program" | awk '$3 ~ "/swift/" { print $3 }')
resources=$(tar --sort=name --mtime=@0 --owner=0 --group=0 -c Resources | sha256sum | cut -c 1-6)
# shellcheck disable=SC2086 # one library a word
name=$(cat "$program" $libraries | sha256sum | cut -c 1-12)-$resources
releases=$root/opt/fomo/releases
if [ ! -d "$releases/$name" ]; then
    rm -rf "$releases/$name.new"
    mkdir -p "$releases/$name.new"
    install -m 755 "$program" "$releases/$name.new/fomo"
    # shellcheck disable=SC2086
    [ -z "$libraries" ] || install -m 644 $libraries "$releases/$name.new/"
    patchelf --set-rpath '$ORIGIN' "$releases/$name.new/fomo"
    cp -r Resources "$releases/$name.new/"
    chmod -R u=rwX,go=rX "$releases/$name.new"
    mv "$releases/$name.new" "$releases/$name"
fi
before=$(readlink "$root/opt/fomo/current" || true)
ln -sfn "releases/$name" "$root/opt/fomo/current"
if [ "$before" = "releases/$name" ]; then
    say "/opt/fomo/current is $name, as before."
else
    say "/opt/fomo/current is $name now${before:+; before it was ${before#releases/}}."
fi

# `fomo …` for root: as the club's user, in its folder.
install -d "$root/usr/local/bin"
cat >"$root/usr/local/bin/fomo" <<'COMMAND'
#!/bin/sh
# Runs the club's program as its user, in its folder.
cd /var/lib/fomo && exec runuser -u fomo -- /opt/fomo/current/fomo "$@"
COMMAND
chmod 755 "$root/usr/local/bin/fomo"

# place FILE TARGET: a service's file; one that was changed by hand is kept, and the new one put beside it.
place() {
    if [ ! -e "$root$2" ] || cmp -s "$1" "$root$2"; then
        install -D -m 644 "$1" "$root$2"
        rm -f "$root$2.new"
    else
        install -m 644 "$1" "$root$2.new"
        say "$2 was changed here and is kept; the new one is $2.new."
    fi
}
case $services in
    supervisor)
        place Resources/Deploy/supervisor/fomo.conf /etc/supervisor/conf.d/fomo.conf
        ;;
    systemd)
        for unit in fomo.service fomo-recorder.service fomo-backup.service fomo-backup.timer; do
            place "Resources/Deploy/systemd/$unit" "/etc/systemd/system/$unit"
        done
        ;;
esac
say "Nothing was started or stopped. What comes next is in docs/operations.md."
