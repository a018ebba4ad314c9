@echo off
rem ASCII only: a batch file is read in the code page of the machine. All that is said comes from install.py or a text file.
setlocal
cd /d "%~dp0"
set "PY="
for %%v in (3.13 3.12 3.11) do call :try py -%%v-64
call :try python
call :try python3
if not defined PY goto nopython
%PY% install.py
if errorlevel 1 goto failed
pause
exit /b 0

:try
if defined PY goto :eof
%* -c "import sys, venv; sys.exit(not ((3, 11) <= sys.version_info[:2] <= (3, 13) and sys.maxsize > 2**32))" >nul 2>nul
if not errorlevel 1 set "PY=%*"
goto :eof

:nopython
type no-python-windows.txt
:failed
pause
exit /b 1
