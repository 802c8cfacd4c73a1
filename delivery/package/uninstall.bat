@echo off
setlocal
cd /d "%~dp0"
set PYTHONUTF8=1
call :try "%~dp0python\python.exe" && goto run
call :try "%~dp0python\installed\python.exe" && goto run
for %%v in (3.13 3.12 3.11 3.10) do call :try py -%%v && goto run
call :try python && goto run
for %%f in ("%~dp0python\python-3*-amd64.exe") do (
    "%%f" /passive InstallAllUsers=0 Include_launcher=0 PrependPath=0 TargetDir="%~dp0python\installed"
)
call :try "%~dp0python\installed\python.exe" && goto run
echo Python 3.10 - 3.13 was not found. Put the Windows embeddable package (64-bit), unpacked,
echo or the installer python-3.12.x-amd64.exe into this folder:
echo     %~dp0python
start "" "%~dp0help.html"
pause
exit /b 1
:run
%PYTHON% "%~dp0run.py" uninstall %*
if errorlevel 1 pause
exit /b %errorlevel%
:try
%* -c "import sys; sys.exit(0 if (3, 10) <= sys.version_info < (3, 14) else 1)" >nul 2>nul || exit /b 1
set PYTHON=%*
exit /b 0
