# Sets storeapp up in a checkout on Windows, then opens it or runs its tests.
#   powershell -ExecutionPolicy Bypass -File installer\setup.ps1 run
#   powershell -ExecutionPolicy Bypass -File installer\setup.ps1 test
# Written for Windows 10 and 11 with Python 3.11 to 3.15 from python.org. It has not been run on Windows yet.
# The tests that start PostgreSQL, an X display or a shell script belong to Linux and are left out here.
param(
    [Parameter(Mandatory = $true)][ValidateSet("run", "test")][string]$Verb,
    [Parameter(ValueFromRemainingArguments = $true)][string[]]$Rest
)
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..")

$Python = ".venv\Scripts\python.exe"
$Lock = "installer\requirements.lock"
$Stamp = ".venv\storeapp.installed"

function Invoke-Checked {
    param([string]$Program, [string[]]$Arguments)
    & $Program @Arguments
    # native programs do not stop a script by failing
    if ($LASTEXITCODE -ne 0) { throw "$Program failed with $LASTEXITCODE" }
}

if (-not (Test-Path $Python)) {
    $Check = "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 16))"
    $Found = Get-Command "py", "python" -ErrorAction SilentlyContinue |
        Where-Object { & $_.Source -c $Check; $LASTEXITCODE -eq 0 } | Select-Object -First 1
    if (-not $Found) { throw "storeapp needs Python 3.11 to 3.15; install it from python.org, then start again" }
    Invoke-Checked $Found.Source @("-m", "venv", ".venv")
}

$Wanted = (Get-FileHash $Lock).Hash + (Get-FileHash "pyproject.toml").Hash
if (-not (Test-Path $Stamp) -or (Get-Content $Stamp) -ne $Wanted) {
    $Pip = @("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    Invoke-Checked $Python ($Pip + @("--no-deps", "--require-hashes", "-r", $Lock))
    Invoke-Checked $Python ($Pip + @("--no-deps", "--no-build-isolation", "-e", "."))
    Set-Content $Stamp $Wanted
}

if ($Verb -eq "run") {
    Invoke-Checked ".venv\Scripts\storeapp.exe" (@("run", "--demo") + $Rest)
} else {
    Invoke-Checked $Python (@("-m", "pytest", "-n", "2", "-m", "not slow and not browser", "--ignore=tests\house") + $Rest)
}
