; The installer for Windows; build.ps1 calls it with the version and the folder of the program.
[Setup]
AppId={{7C2E5C59-3B59-4B40-9C5E-2E0F8E2B6A41}
AppName=ocrdesk
AppVersion={#Version}
AppPublisher=The ocrdesk authors
DefaultDirName={autopf}\ocrdesk
DefaultGroupName=ocrdesk
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
Compression=lzma2/max
SolidCompression=yes
OutputBaseFilename=ocrdesk-{#Version}-setup
SetupIconFile=..\..\resources\desktop\ocrdesk.ico
UninstallDisplayIcon={app}\ocrdesk-window.exe
LicenseFile=..\..\LICENSE

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"
Name: "fr"; MessagesFile: "compiler:Languages\French.isl"
Name: "es"; MessagesFile: "compiler:Languages\Spanish.isl"
Name: "it"; MessagesFile: "compiler:Languages\Italian.isl"
Name: "pt"; MessagesFile: "compiler:Languages\Portuguese.isl"
Name: "pl"; MessagesFile: "compiler:Languages\Polish.isl"
Name: "ja"; MessagesFile: "compiler:Languages\Japanese.isl"
Name: "ar"; MessagesFile: "compiler:Languages\Arabic.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: "context"; Description: "“Read with ocrdesk” on folders and pictures"

[Files]
Source: "{#Folder}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs

[Icons]
Name: "{group}\ocrdesk"; Filename: "{app}\ocrdesk-window.exe"
Name: "{autodesktop}\ocrdesk"; Filename: "{app}\ocrdesk-window.exe"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.ocrdesk"; ValueType: string; ValueData: "ocrdesk.batch"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\ocrdesk.batch"; ValueType: string; ValueData: "Saved ocrdesk batch"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\ocrdesk.batch\DefaultIcon"; ValueType: string; ValueData: "{app}\ocrdesk-window.exe,0"
Root: HKA; Subkey: "Software\Classes\ocrdesk.batch\shell\open\command"; ValueType: string; ValueData: """{app}\ocrdesk-window.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\Directory\shell\ocrdesk"; ValueType: string; ValueData: "Read with ocrdesk"; Tasks: context; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Directory\shell\ocrdesk"; ValueType: string; ValueName: "Icon"; ValueData: "{app}\ocrdesk-window.exe,0"; Tasks: context
Root: HKA; Subkey: "Software\Classes\Directory\shell\ocrdesk\command"; ValueType: string; ValueData: """{app}\ocrdesk-window.exe"" ""%1"""; Tasks: context
Root: HKA; Subkey: "Software\Classes\SystemFileAssociations\image\shell\ocrdesk"; ValueType: string; ValueData: "Read with ocrdesk"; Tasks: context; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\SystemFileAssociations\image\shell\ocrdesk\command"; ValueType: string; ValueData: """{app}\ocrdesk-window.exe"" ""%1"""; Tasks: context

[Run]
Filename: "{app}\ocrdesk-window.exe"; Description: "{cm:LaunchProgram,ocrdesk}"; Flags: nowait postinstall skipifsilent
