"""Git settings that name a program or send data elsewhere.

Every call of git (`OVERRIDES`, `ON_THE_LINE`), `sen sync` and `sen doctor` use it. A
test holds it against the settings that git itself documents.
"""

from __future__ import annotations

import os
import re
from functools import cache

# `*` stands for a name that somebody chooses, such as that of a filter.
RUN_PROGRAMS = (
    "alias.*",
    "browser.*.cmd",
    "browser.*.path",
    "core.alternateRefsCommand",
    "core.askPass",
    "core.editor",
    "core.fsmonitor",
    "core.gitProxy",
    "core.hooksPath",
    "core.pager",
    "core.sshCommand",
    "core.virtualFilesystem",
    "credential.helper",
    "credential.*.helper",
    "diff.external",
    "diff.*.command",
    "diff.*.textconv",
    "difftool.*.cmd",
    "difftool.*.path",
    "filter.*.clean",
    "filter.*.process",
    "filter.*.smudge",
    "gc.recentObjectsHook",
    "gitcvs.dbDriver",
    "gpg.program",
    "gpg.*.program",
    "gpg.ssh.defaultKeyCommand",
    "guitool.*.cmd",
    "help.browser",
    "hook.*.command",
    "imap.tunnel",
    "init.templateDir",
    "instaweb.browser",
    "instaweb.httpd",
    "instaweb.modulePath",
    "interactive.diffFilter",
    "lfs.customtransfer.*.path",
    "lfs.extension.*",
    "man.*.cmd",
    "man.*.path",
    "merge.*.driver",
    "mergetool.*.cmd",
    "mergetool.*.path",
    "pager.*",
    "protocol.allow",
    "protocol.*.allow",
    "receive.procReceiveRefs",
    "remote.*.receivepack",
    "remote.*.uploadpack",
    "remote.*.vcs",
    "sendemail.ccCmd",
    "sendemail.headerCmd",
    "sendemail.sendmailCmd",
    "sendemail.smtpServer",
    "sendemail.toCmd",
    "sendemail.*.ccCmd",
    "sendemail.*.headerCmd",
    "sendemail.*.sendmailCmd",
    "sendemail.*.smtpServer",
    "sendemail.*.toCmd",
    "sequence.editor",
    "ssh.variant",
    "submodule.*.update",
    "tar.*.command",
    "trailer.*.cmd",
    "trailer.*.command",
    "uploadpack.packObjectsHook",
    "web.browser",
)
SEND_ELSEWHERE = (
    "branch.*.pushRemote",
    "bundle.*.uri",
    "core.worktree",
    "extensions.partialClone",
    "fetch.bundleURI",
    "http.*",
    "imap.host",
    "lfs.url",
    "lfs.pushurl",
    "remote.pushDefault",
    "remote.*.partialCloneFilter",
    "remote.*.promisor",
    "remote.*.proxy",
    "remote.*.pushurl",
    "submodule.*.url",
    "trace2.eventTarget",
    "trace2.normalTarget",
    "trace2.perfTarget",
    "transfer.bundleURI",
    "url.*.insteadOf",
    "url.*.pushInsteadOf",
)
# Of http.*, with an address in the middle or not, these lead nowhere.
_CALM = (
    *("postBuffer", "version", "lowSpeedLimit", "lowSpeedTime", "maxRequests"),
    *("minSessions", "noEPSV", "userAgent"),
)
HARMLESS = (*(f"http.{name}" for name in _CALM), *(f"http.*.{name}" for name in _CALM))
BRING_OTHERS_IN = ("include.path", "includeIf.*.path")

# What sencli sets itself; it is looked at where it is used.
OURS = (
    "gpg.format",
    "gpg.ssh.allowedsignersfile",
    "merge.sencli.driver",
)

# What every call says for itself, so that neither the folder's settings nor the user's
# run anything, or change what git prints.
OVERRIDES = (
    # a comment to the shell: it lists nothing
    "core.alternateRefsCommand=#",
    f"core.hooksPath={os.devnull}",
    f"core.attributesFile={os.devnull}",
    "core.fsmonitor=false",
    "core.pager=cat",
    "core.autocrlf=false",
    "core.safecrlf=false",
    "core.useReplaceRefs=false",
    "core.quotePath=false",
    "core.warnAmbiguousRefs=false",
    # our own git makes files for this user alone (umask); some disks refuse to be asked
    "core.sharedRepository=umask",
    "advice.graftFileDeprecated=false",
    "color.ui=false",
    "color.advice=false",
    "color.branch=false",
    "color.decorate=false",
    "color.diff=false",
    "color.push=false",
    "color.remote=false",
    "color.status=false",
    "color.transport=false",
    "column.ui=never",
    f"diff.orderFile={os.devnull}",
    "diff.relative=false",
    "diff.renames=false",
    "gc.auto=0",
    "maintenance.auto=false",
    # what we write and read ourselves (`unsupported` names the rest)
    "init.defaultObjectFormat=sha1",
    "init.defaultRefFormat=files",
    "i18n.commitEncoding=UTF-8",
    "i18n.logOutputEncoding=UTF-8",
    "log.abbrevCommit=false",
    "log.decorate=false",
    "log.follow=false",
    "log.mailmap=false",
    "log.showRoot=true",
    "log.showSignature=false",
    "safe.bareRepository=explicit",
    "transfer.fsckObjects=true",
    "fetch.fsckObjects=true",
)
# More, where git speaks to another place; which programs it uses there is the user's
# own choice (`remote.options`).
ON_THE_LINE = (
    "fetch.prune=false",
    "fetch.pruneTags=false",
    "fetch.recurseSubmodules=false",
    "fetch.writeCommitGraph=false",
    "push.followTags=false",
    # git would ask first by another call, which leaves out what is said here
    "push.negotiate=false",
    "push.gpgSign=false",
    "push.pushOption=",
    "push.recurseSubmodules=no",
    "submodule.recurse=false",
    "transfer.bundleURI=false",
)
# The same for the git that answers at the other end, where that is a folder.
AT_THE_OTHER_END = (
    *("core.alternateRefsCommand=#", f"core.hooksPath={os.devnull}"),
    *("core.fsmonitor=false", "receive.autogc=false", "gc.auto=0"),
    *("maintenance.auto=false", "core.fsyncMethod=fsync"),
    "core.fsync=committed,reference",
    # who takes it into files there sends them through filters of that folder
    "receive.denyCurrentBranch=refuse",
)
# What makes git fetch by itself what it lacks.
PARTIAL = (
    *("extensions.partialClone", "remote.*.promisor", "remote.*.partialCloneFilter"),
)
# What nobody sets in a folder where records meet, and git there would act upon.
REFUSED_AT_THE_OTHER_END = (
    *("core.alternateRefsCommand", "gc.recentObjectsHook", *PARTIAL),
    *("uploadpack.packObjectsHook", "hook.*.command", *BRING_OTHERS_IN),
)


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    parts = (".+".join(map(re.escape, name.lower().split("*"))) for name in names)
    return re.compile("|".join(parts), re.DOTALL)


def among(key: str, names: tuple[str, ...]) -> bool:
    """Whether a setting is one of a list of this module."""
    return _pattern(names).fullmatch(key.lower()) is not None
